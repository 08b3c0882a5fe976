package io.holdfast.proxy.demo;

import io.holdfast.proxy.cli.ProxyStarter;
import io.holdfast.proxy.cli.ProxyStarter.RunningProxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}: runs until Ctrl-C, or until the thread is interrupted. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a primary, a follower and Holdfast in front of them, with a sample shop.")
public final class DemoCommand implements Callable<Integer> {
    private static final long CLOSE_SECONDS = 30;

    private final ProxyStarter starter;
    /** The exit code: of Ctrl-C, or of the tour. */
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private final CountDownLatch closed = new CountDownLatch(1);

    @Option(names = "--port", defaultValue = "6432", description = "Where clients connect (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--admin-port",
            defaultValue = "6480",
            description = "The web page, metrics and health (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--primary-port", defaultValue = "0", description = "Default: any free port.")
    private int primaryPort;

    @Option(names = "--follower-port", defaultValue = "0", description = "Default: any free port.")
    private int followerPort;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the data there, and continue it next time.")
    private @Nullable Path keep;

    @Option(names = "--tour", description = "Play the story and check it, then stop.")
    private boolean tour;

    @Spec
    private @Nullable CommandSpec spec;

    public DemoCommand(ProxyStarter starter) {
        this.starter = starter;
    }

    /** 0 after Ctrl-C or a tour, 1 if something could not be started or a step of the tour did not go as promised. */
    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAtExit, "demo-at-exit"));
        line.getOut().println("Starting PostgreSQL, some seconds ...");
        line.getOut().flush();
        var options = new DemoOptions(port, adminPort, primaryPort, followerPort, keep);
        try (DemoCluster demo = DemoCluster.start(options, InstantSource.system());
                RunningProxy proxy = starter.start(demo.config())) {
            if (tour) {
                Thread.ofVirtual().name("demo-tour").start(() -> end.complete(tour(demo, proxy, line)));
            } else {
                line.getOut().println(line.getColorScheme().ansi().string(new DemoGreeting(demo, proxy.port()).text()));
                line.getOut().flush();
            }
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (Exception e) { // whatever a proxy's start may throw
            return fail(line, e);
        } finally {
            closed.countDown();
        }
    }

    /** When the demo is stopped meanwhile, the connections break, and this ends. */
    private int tour(DemoCluster demo, RunningProxy proxy, CommandLine line) {
        var screen = new Screen(line.getOut(), line.getColorScheme().ansi());
        try (var stage = new Stage(demo.logins(), proxy, demo.config().audit().file(), screen)) {
            new Tour(stage, screen).play();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (TourFailure | SQLException e) {
            return end.isDone() ? 0 : fail(line, e);
        }
    }

    private static int fail(CommandLine line, Exception why) {
        line.getErr().println("holdfast demo: " + (why.getMessage() == null ? why : why.getMessage()));
        line.getErr().flush();
        return 1;
    }

    /** The JVM must not end before the proxy and then the servers have. */
    private void stopAtExit() {
        end.complete(0);
        try {
            closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
