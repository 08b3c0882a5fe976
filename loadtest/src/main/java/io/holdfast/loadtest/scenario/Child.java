package io.holdfast.loadtest.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours that listens on a port, is looked at through {@code /proc}, and is ended. */
final class Child implements AutoCloseable {
    /** What a JVM of ours says when it serves, in front of the port. */
    static final String LISTENING = "Listening on 127.0.0.1:";

    private static final Pattern PORT = Pattern.compile(Pattern.quote(LISTENING) + "(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int STOP_SECONDS = 10;
    private static final int START_MILLIS = 10_000;
    private static final int LOOK_MILLIS = 20;

    /** USER_HZ, the same on every Linux that there is. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int UTIME = 11;

    private final Process process;
    private final int port;

    private Child(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a main class of this class path and waits until it says where it listens.
     *
     * @param options of the JVM
     * @throws IOException if it ends before
     */
    static Child jvm(Class<?> main, List<String> options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(javaHome("java")));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = PORT.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {})); // or it would wait for its reader
                return new Child(process, Integer.parseInt(matcher.group(1)));
            }
        }
        throw new IOException(main.getSimpleName() + " ended:\n" + said);
    }

    /**
     * Starts a program in the foreground and waits until its port takes connections.
     *
     * @throws IOException if it does not within ten seconds
     */
    static Child program(int port, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int waited = 0; waited < START_MILLIS && process.isAlive(); waited += LOOK_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new Child(process, port);
            } catch (IOException e) {
                // not yet
            }
        }
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": does not listen on " + port);
    }

    private static String javaHome(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    int port() {
        return port;
    }

    /** Resident memory now, in bytes. */
    long residentBytes() throws IOException {
        Matcher matcher = RESIDENT.matcher(proc("status"));
        if (!matcher.find()) {
            throw new IOException("no VmRSS");
        }
        return Long.parseLong(matcher.group(1)) << 10;
    }

    /** What it has used of the processors so far, user and system. */
    Duration processorTime() throws IOException {
        String stat = proc("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofNanos((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * TICK_NANOS);
    }

    private String proc(String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    }

    /** Has a JVM collect its garbage, so that what it keeps is seen. */
    void collectGarbage() throws IOException, InterruptedException {
        Process run = new ProcessBuilder(javaHome("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .start();
        run.inputReader(StandardCharsets.UTF_8).lines().forEach(_ -> {});
        run.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
