package io.holdfast.proxy.cli;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.load.ConfigLoader;
import io.holdfast.config.load.ConfigResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}: runs until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the proxy in front of the servers that a configuration file names.")
public final class ServeCommand implements Callable<Integer> {
    private static final int CONFIG_INVALID = 2;
    private static final long CLOSE_SECONDS = 15;

    private final ProxyStarter starter;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "See deploy/holdfast.yaml.")
    private @Nullable Path config;

    @Option(names = "--check", description = "Only say whether the configuration is valid.")
    private boolean check;

    @Option(
            names = "--load-classes",
            hidden = true,
            description = "Start, load what sessions need, and end: for the launcher.")
    private boolean loadClasses;

    @Spec
    private @Nullable CommandSpec spec;

    public ServeCommand(ProxyStarter starter) {
        this.starter = starter;
    }

    /** 0 after SIGTERM or Ctrl-C, 1 if it could not start, 2 if the configuration is invalid. */
    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err =
                Objects.requireNonNull(spec, "run by picocli").commandLine().getErr();
        Path file = Objects.requireNonNull(config, "required");
        return switch (ConfigLoader.load(file, System.getenv())) {
            case ConfigResult.Invalid(var problems) -> {
                problems.forEach(err::println);
                yield CONFIG_INVALID;
            }
            case ConfigResult.Loaded(var loaded, var warnings) -> {
                warnings.forEach(warning -> err.println("warning: " + warning));
                yield check ? 0 : serve(loaded, err);
            }
        };
    }

    private int serve(HoldfastConfig loaded, PrintWriter err) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAtExit, "serve-at-exit"));
        try (ProxyStarter.RunningProxy _ = starter.start(loaded)) {
            if (loadClasses) {
                err.println("classes: " + ClassLoading.everything());
            } else {
                stop.await();
            }
            return 0;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever a start may throw: one line, not a stack trace
            err.println("holdfast serve: " + (e.getMessage() == null ? e : e.getMessage()));
            return 1;
        } finally {
            closed.countDown();
        }
    }

    /** The JVM must not end before the proxy has said goodbye to its clients. */
    private void stopAtExit() {
        stop.countDown();
        try {
            closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
