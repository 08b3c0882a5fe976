package io.holdfast.loadtest.micro;

import io.holdfast.protocol.frame.FrameAction;
import io.holdfast.protocol.frame.FrameLimits;
import io.holdfast.protocol.frame.FramePump;
import io.holdfast.protocol.frame.FrameSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to walk the frames of a read, all of them forwarded? The baseline takes the same bytes as one slice, as who
 * does not look at them would. Times are for all that one delivery has.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar FramePumpBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
public class FramePumpBenchmark {
    /** How rows arrive. */
    public enum Delivery {
        /** 400 rows of 41 bytes in one buffer of 16 KiB. */
        MANY_SMALL(400, 36, 400 * 41),
        /** One such row, alone in its buffer: the answer to a point read has a few such. */
        ONE_SMALL(1, 36, 41),
        /** A row of 1 MiB in 16 buffers of 64 KiB. */
        ONE_LARGE(1, (1 << 20) - 5, 1 << 16);

        private final int frames;
        private final int body;
        private final int buffer;

        Delivery(int frames, int body, int buffer) {
            this.frames = frames;
            this.body = body;
            this.buffer = buffer;
        }
    }

    /** The delivery of this run. */
    @Param
    public Delivery delivery = Delivery.MANY_SMALL;

    private final FramePump pump = new FramePump(FrameLimits.BACKEND);
    private final Counting sink = new Counting();
    private final ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();

    /** Makes the frames. */
    @Setup
    public void fill() {
        for (int i = 0; i < delivery.frames; i++) {
            bytes.writeByte('D').writeInt(delivery.body + Integer.BYTES).writeZero(delivery.body);
        }
    }

    @TearDown
    public void release() {
        bytes.release();
    }

    /** Frame by frame. */
    @Benchmark
    public long pump() {
        for (int from = 0; from < size(); from += delivery.buffer) {
            bytes.setIndex(from, Math.min(size(), from + delivery.buffer));
            pump.pump(bytes, sink);
        }
        return sink.bytes;
    }

    /** As they are. */
    @Benchmark
    public long baselineSlice() {
        for (int from = 0; from < size(); from += delivery.buffer) {
            bytes.setIndex(from, Math.min(size(), from + delivery.buffer));
            sink.forward(bytes.readRetainedSlice(bytes.readableBytes()));
        }
        return sink.bytes;
    }

    private int size() {
        return delivery.frames * (delivery.body + 1 + Integer.BYTES);
    }

    /** Forwards everything, to nobody. */
    private static final class Counting implements FrameSink {
        private long bytes;

        @Override
        public FrameAction onHeader(byte tag, int bodyLength) {
            return FrameAction.FORWARD;
        }

        @Override
        public void forward(ByteBuf run) {
            bytes += run.readableBytes();
            run.release();
        }

        @Override
        public void collect(ByteBuf part, boolean last) {
            throw new IllegalStateException("nothing is collected here");
        }
    }
}
