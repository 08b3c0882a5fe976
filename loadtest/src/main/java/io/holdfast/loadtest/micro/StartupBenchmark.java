package io.holdfast.loadtest.micro;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.startup.InitialPacket;
import io.holdfast.protocol.startup.InitialPacketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to read the first packet of a client, with what pgjdbc sends? The baseline copies its bytes, which is the least that
 * must be done to keep it.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar StartupBenchmark -prof gc
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
public class StartupBenchmark {
    private final ByteBuf packet = packet();
    private final byte[] copy = new byte[packet.readableBytes()];

    private static ByteBuf packet() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "shop_application");
        parameters.put("database", "shop");
        parameters.put("client_encoding", "UTF8");
        parameters.put("DateStyle", "ISO");
        parameters.put("TimeZone", "Europe/Berlin");
        parameters.put("extra_float_digits", "2");
        parameters.put("application_name", "PostgreSQL JDBC Driver");
        ByteBuf packet = Unpooled.buffer();
        FrontendWriter.startup(packet, 3, 0, parameters);
        return packet;
    }

    /** The packet, read. */
    @Benchmark
    public InitialPacket read() {
        packet.readerIndex(0);
        return Objects.requireNonNull(InitialPacketReader.read(packet));
    }

    /** Its bytes, copied. */
    @Benchmark
    public byte[] baselineCopy() {
        packet.getBytes(0, copy);
        return copy;
    }
}
