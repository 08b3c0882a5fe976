package io.holdfast.proxy.demo;

import io.holdfast.proxy.demo.ProxyStarter.RunningProxy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Option(names = "--port", defaultValue = "6432", description = "Where clients connect (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--admin-port",
            defaultValue = "6480",
            description = "Metrics and health (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--primary-port", defaultValue = "0", description = "Default: any free port.")
    private int primaryPort;

    @Option(names = "--follower-port", defaultValue = "0", description = "Default: any free port.")
    private int followerPort;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the data there, and continue it next time.")
    private @Nullable Path keep;

    @Option(names = "--tour", description = "Print a tour, step by step.")
    private boolean tour;

    @Spec
    private @Nullable CommandSpec spec;

    public DemoCommand(ProxyStarter starter) {
        this.starter = starter;
    }

    /** 0 after Ctrl-C, 1 if something could not be started. */
    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAtExit, "demo-at-exit"));
        line.getOut().println("Starting PostgreSQL, some seconds ...");
        line.getOut().flush();
        var options = new DemoOptions(port, adminPort, primaryPort, followerPort, keep);
        try (DemoCluster demo = DemoCluster.start(options, InstantSource.system());
                RunningProxy proxy = starter.start(demo.config())) {
            greet(line.getOut(), line.getColorScheme().ansi(), new DemoGreeting(demo, proxy.port()));
            stop.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (Exception e) { // whatever a proxy's start may throw
            line.getErr().println("holdfast demo: " + (e.getMessage() == null ? e : e.getMessage()));
            line.getErr().flush();
            return 1;
        } finally {
            closed.countDown();
        }
    }

    private void greet(PrintWriter out, Ansi ansi, DemoGreeting greeting) {
        out.println(ansi.string(greeting.text()));
        if (tour) {
            out.println(ansi.string(greeting.tour()));
        }
        out.flush();
    }

    /** The JVM must not end before the proxy and then the servers have. */
    private void stopAtExit() {
        stop.countDown();
        try {
            closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
