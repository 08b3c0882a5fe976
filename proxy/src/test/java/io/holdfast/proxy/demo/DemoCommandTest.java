package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.proxy.cli.ProxyStarter;
import io.holdfast.proxy.cli.ProxyStarter.RunningProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsLinesToPasteAndRunsUntilInterrupted() throws InterruptedException {
        var started = new AtomicReference<HoldfastConfig>();
        var proxyClosed = new AtomicBoolean();
        var exitCode = new AtomicInteger(-1);
        CommandLine line = line(config -> {
            started.set(config);
            return proxy(6543, proxyClosed);
        });
        Thread demo = Thread.ofPlatform().start(() -> exitCode.set(line.execute("--port=0", "--admin-port=0")));

        await().atMost(Duration.ofMinutes(2)).until(() -> out.toString().contains("Ctrl-C ends the demo"));
        demo.interrupt();
        demo.join();

        assertThat(exitCode).hasValue(0);
        assertThat(proxyClosed).isTrue();
        assertThat(out.toString())
                .containsPattern("psql postgresql://ana:[a-z0-9]{12}@127\\.0\\.0\\.1:6543/shop")
                .containsPattern("psql postgresql://cy:[a-z0-9]{12}@127\\.0\\.0\\.1:6543/holdfast")
                .doesNotContain("\u001b");
        HoldfastConfig config = Objects.requireNonNull(started.get());
        assertThat(config.upstream().hosts())
                .allSatisfy(host -> assertThat(refuses(host.port()))
                        .as("port %d after the demo", host.port())
                        .isTrue());
    }

    @Test
    void proxyThatDoesNotStartEndsTheDemoInOneLine() {
        CommandLine line = line(config -> {
            throw new IllegalStateException("port 6432 is taken");
        });

        assertThat(line.execute("--port=0", "--admin-port=0")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("holdfast demo: port 6432 is taken");
    }

    private CommandLine line(ProxyStarter starter) {
        return new CommandLine(new DemoCommand(starter))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    private static RunningProxy proxy(int port, AtomicBoolean closed) {
        return new RunningProxy() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    private static boolean refuses(int port) {
        try (var connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/shop", "ana", "x")) {
            return connection.isClosed();
        } catch (SQLException e) {
            return "08001".equals(e.getSQLState());
        }
    }
}
