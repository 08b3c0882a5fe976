package io.holdfast.loadtest.micro;

import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.message.TargetKind;
import io.holdfast.protocol.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.List;
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
 * What does a whole turn cost a session: a point read comes in, is read, judged, routed and sent on; its answer comes back and goes out?
 * Everything is there but the sockets. The baseline hands the same bytes to the same links, as who looks at nothing would.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar SessionBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
public class SessionBenchmark {
    private static final String STATEMENT = "P_0";
    private static final String PREPARED = "SELECT abalance FROM pgbench_accounts WHERE aid = $1";
    private static final String SIMPLE = "SELECT abalance FROM pgbench_accounts WHERE aid = 4711";

    private static final int PIPELINED = 20;

    /** How the read is sent, as pgbench does it. */
    public enum Turn {
        /** A Query. */
        SIMPLE,
        /** Parse, Bind, Describe, Execute, Sync. */
        EXTENDED,
        /** Bind, Describe, Execute, Sync of a statement that was prepared before. */
        PREPARED,
        /** Twenty times Parse, Bind, Describe, Execute, then a Sync. */
        PIPELINE
    }

    /** The turn of this run. */
    @Param
    public Turn turn = Turn.PREPARED;

    private final ByteBuf request = PooledByteBufAllocator.DEFAULT.directBuffer();
    private final ByteBuf answer = PooledByteBufAllocator.DEFAULT.directBuffer();
    private final LoneSession lone;

    public SessionBenchmark() {
        try {
            lone = new LoneSession();
        } catch (IOException e) {
            throw new IllegalStateException("no place for the audit", e);
        }
    }

    /** Makes the messages, prepares the statement, and makes sure that a turn goes through. */
    @Setup
    public void prepare() {
        switch (turn) {
            case SIMPLE -> {
                FrontendWriter.query(request, SIMPLE);
                result(answer);
                ready(answer);
            }
            case EXTENDED -> {
                FrontendWriter.parse(request, "", PREPARED);
                execute("");
                FrontendWriter.sync(request);
                BackendWriter.parseComplete(answer);
                row(answer);
                ready(answer);
            }
            case PREPARED -> {
                lone.turn(parse(), parsed());
                execute(STATEMENT);
                FrontendWriter.sync(request);
                row(answer);
                ready(answer);
            }
            case PIPELINE -> {
                for (int i = 0; i < PIPELINED; i++) {
                    FrontendWriter.parse(request, "", PREPARED);
                    execute("");
                    BackendWriter.parseComplete(answer);
                    row(answer);
                }
                FrontendWriter.sync(request);
                ready(answer);
            }
        }
        long sent = lone.bytesSent();
        lone.turn(request, answer);
        long expected = (long) request.writerIndex() + answer.writerIndex();
        if (lone.bytesSent() - sent < expected / 2) {
            throw new IllegalStateException("the session keeps what it should pass on");
        }
    }

    private static ByteBuf parse() {
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer();
        FrontendWriter.parse(frames, STATEMENT, PREPARED);
        FrontendWriter.sync(frames);
        return frames;
    }

    private static ByteBuf parsed() {
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer();
        BackendWriter.parseComplete(frames);
        BackendWriter.readyForQuery(frames, TransactionStatus.IDLE);
        return frames;
    }

    private void execute(String statement) {
        FrontendWriter.bind(request, "", statement, List.of("4711"));
        FrontendWriter.describe(request, TargetKind.PORTAL, "");
        FrontendWriter.execute(request, "", 0);
    }

    private static void row(ByteBuf frames) {
        BackendWriter.bindComplete(frames);
        result(frames);
    }

    private static void result(ByteBuf frames) {
        BackendWriter.rowDescription(frames, List.of("abalance"));
        BackendWriter.dataRow(frames, List.of("0"));
        BackendWriter.commandComplete(frames, "SELECT 1");
    }

    private static void ready(ByteBuf frames) {
        BackendWriter.readyForQuery(frames, TransactionStatus.IDLE);
    }

    @TearDown
    public void close() throws IOException {
        lone.close();
        request.release();
        answer.release();
    }

    /** Through the session. */
    @Benchmark
    public long session() {
        lone.turn(request, answer);
        return lone.bytesSent();
    }

    /** Past it. */
    @Benchmark
    public long baselineRelay() {
        lone.relay(request, answer);
        return lone.bytesSent();
    }
}
