package io.holdfast.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server whose postmaster is a child process of this JVM. */
final class EmbeddedServer implements PostgresServer {
    private static final long START_SECONDS = 60;
    private static final int TAIL_LINES = 60;

    /**
     * The kernel stops a server when the <em>thread</em> that started it ends, so all are started by one that lasts as
     * long as the JVM.
     */
    private static final ExecutorService LAUNCHER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("postgres-launcher").factory());

    private final String name;
    private final PostgresBinaries binaries;
    private final DataDirectory data;
    private final Path log;
    private final int port;
    private final Login login;
    private @Nullable Process process;

    EmbeddedServer(String name, PostgresBinaries binaries, DataDirectory data, Path log, int port, Login login) {
        this.name = name;
        this.binaries = binaries;
        this.data = data;
        this.log = log;
        this.port = port;
        this.login = login;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running");
        }
        try {
            long logged = Files.exists(log) ? Files.size(log) : 0;
            Process started =
                    CompletableFuture.supplyAsync(this::launch, LAUNCHER).join();
            process = started;
            awaitReady(started, logged);
        } catch (IOException e) {
            throw new PostgresException("cannot start " + name + ": " + Problems.explain(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new PostgresException("interrupted while starting " + name, e);
        }
    }

    private Process launch() {
        List<String> command = data.runAs()
                .serverCommand(List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        data.path().toString()));
        try {
            Process started = Programs.builder(command, data.path())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new PostgresException("cannot start " + name + ": " + Problems.explain(e), e);
        }
    }

    private void awaitReady(Process started, long logged) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady(started)) {
            if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
                byte[] written = Files.readAllBytes(log);
                String said =
                        new String(written, (int) logged, (int) (written.length - logged), StandardCharsets.UTF_8);
                throw new PostgresException("cannot start " + name + ": " + Problems.explain(said, port));
            }
            if (System.nanoTime() - deadline > 0) {
                kill();
                throw new PostgresException(name + " did not answer within " + START_SECONDS + " s; see " + log);
            }
        }
    }

    /** The file of a killed predecessor says "ready" too, with a pid that is not ours. */
    private boolean isReady(Process started) {
        return PostmasterPid.read(data.path())
                .filter(file -> file.ready() && isOf(started, file.pid()))
                .isPresent();
    }

    /** setpriv becomes the postmaster; runuser and su stay as its parent. */
    private static boolean isOf(Process started, long pid) {
        return started.pid() == pid || started.descendants().anyMatch(child -> child.pid() == pid);
    }

    @Override
    public synchronized void stop(Mode mode) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        List<String> command = List.of(
                binaries.program("pg_ctl").toString(),
                "stop",
                "--pgdata=" + data.path(),
                "--mode="
                        + switch (mode) {
                            case FAST -> "fast";
                            case IMMEDIATE -> "immediate";
                        });
        try {
            Programs.Result result = Programs.run(data.runAs().command(command), data.path());
            // It may have ended by itself meanwhile; then pg_ctl finds nothing to stop.
            if (result.exitCode() != 0 && running.isAlive()) {
                throw new PostgresException("cannot stop " + name + ": " + Problems.explain(result.output(), port));
            }
        } catch (IOException e) {
            throw new PostgresException("cannot stop " + name + ": " + Problems.explain(e), e);
        }
        running.onExit().join();
    }

    @Override
    public synchronized void kill() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        List<ProcessHandle> family = Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }

    @Override
    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    @Override
    public String logTail() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            return all.stream().skip(Math.max(0, all.size() - TAIL_LINES)).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new PostgresException("cannot read the log of " + name + ": " + Problems.explain(e), e);
        }
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), login.user(), login.password());
    }
}
