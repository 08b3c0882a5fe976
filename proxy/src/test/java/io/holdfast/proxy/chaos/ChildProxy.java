package io.holdfast.proxy.chaos;

import static org.awaitility.Awaitility.await;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.Main;
import io.holdfast.proxy.testing.TestFolder;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy in a JVM of its own, started as people start it, that can be killed or starved. */
final class ChildProxy implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on [\\d.]+:(\\d+)\\.");
    private static final Pattern RESIDENT_PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final String AUDIT = "holdfast-audit.jsonl";
    private static final int KILL_SECONDS = 30;

    private final Process process;
    private final Path folder;
    private final Path log;
    private final int port;

    private ChildProxy(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
        port = await("the proxy's port")
                .atMost(Victims.LIMIT)
                .until(this::findPort, OptionalInt::isPresent)
                .getAsInt();
    }

    /** In front of the {@link Victims}; {@code options} are the JVM's. */
    static ChildProxy start(String... options) throws IOException {
        return launch("", options);
    }

    /** One of several that share a control store. */
    static ChildProxy sharing(ControlStoreConfig.Shared store) throws IOException {
        return launch("control-store: { url: \"postgresql://%s/%s\", user: %s, password: \"%s\" }\n"
                .formatted(store.address(), store.database(), store.user(), store.password()));
    }

    private static ChildProxy launch(String more, String... options) throws IOException {
        Path folder = TestFolder.create("child");
        Path config = folder.resolve("holdfast.yaml");
        Path log = folder.resolve("log");
        Files.writeString(config, config(Victims.alive()) + more);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config",
                config.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new ChildProxy(process, folder, log);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(log), e);
        }
    }

    private static String config(TestServers servers) {
        List<HostPort> hosts = servers.hosts();
        return """
                listen: 127.0.0.1:0
                admin: off
                upstream:
                  environment: production
                  hosts: ["127.0.0.1:%d", "127.0.0.1:%d"]
                  account: { user: holdfast, password: "%s", database: %s }
                  auth-query: SELECT * FROM holdfast.lookup(?)
                  max-lag: 1h
                  poll-interval: 20ms
                protect:
                  preset: guardrail
                people:
                  - { name: ana }
                  - { name: cy, approves: true }
                  - { name: di, approves: true }
                """.formatted(hosts.get(0).port(), hosts.get(1).port(), TestServers.PASSWORD, TestServers.DATABASE);
    }

    private OptionalInt findPort() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy did not start");
        }
        Matcher matcher = LISTENING.matcher(log());
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    int port() {
        return port;
    }

    /** What it has logged. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Lines of its audit log. */
    List<String> audit() throws IOException {
        return Files.readAllLines(folder.resolve(AUDIT));
    }

    /** The most memory that it ever had resident, in MiB. */
    long peakMegabytes() throws IOException {
        Matcher matcher =
                RESIDENT_PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        if (!matcher.find()) {
            throw new IOException("no VmHWM");
        }
        return Long.parseLong(matcher.group(1)) >> 10;
    }

    /** SIGSTOP: it stands still, and its sockets stay open. */
    void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** SIGKILL: no goodbye to anybody. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not killed");
        }
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
