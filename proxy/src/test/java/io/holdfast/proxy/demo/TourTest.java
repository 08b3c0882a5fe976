package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.proxy.Holdfast;
import io.holdfast.proxy.cli.ProxyStarter;
import io.holdfast.proxy.cli.ProxyStarter.RunningProxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The story of the demo, end to end: real servers, a real proxy, a real driver. */
class TourTest {
    private record Proxy(int port, AutoCloseable running) implements RunningProxy {
        @Override
        public void close() {
            try {
                running.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyStepGoesAsPromised() {
        int exitCode = tour(TourTest::start);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .containsPattern("ana +NOTICE:  held as H-\\w{4}: needs 2 approvals, 0 so far")
                .containsPattern("cy +H-\\w{4} +\\| waiting +\\| 1 of 2")
                .containsPattern("ana +ERROR:  PW001: statement was not approved: H-\\w{4} was denied by cy")
                .containsPattern(
                        "released +H-\\w{4} +ana in shop from 127\\.0\\.0\\.1 with tour, S-\\w+: TRUNCATE orders CASCADE")
                .endsWith("All 6 steps went as promised. To look around yourself: ./holdfast demo\n");
    }

    @Test
    void withoutProtectionTheTourSaysWhatIsMissing() {
        int exitCode =
                tour(config -> new Proxy(config.upstream().hosts().getFirst().port(), () -> {}));

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(
                        "holdfast demo: step 1 of the tour: not as promised: \"the server that answered is in recovery")
                .hasLineCount(1);
    }

    private int tour(ProxyStarter starter) {
        return new CommandLine(new DemoCommand(starter))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute("--tour", "--port=0", "--admin-port=0");
    }

    private static RunningProxy start(HoldfastConfig config) throws IOException {
        Holdfast running = Holdfast.start(config);
        return new Proxy(running.port(), running);
    }
}
