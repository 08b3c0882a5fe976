package io.holdfast.loadtest.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** A process of ours that listens on a port, is looked at through {@code /proc}, and is ended, with this JVM at the latest. */
public final class Child implements AutoCloseable {
    /** What a JVM of ours says when it serves, in front of the port. */
    static final String LISTENING = "Listening on 127.0.0.1:";

    private static final Pattern PORT = Pattern.compile(Pattern.quote(LISTENING) + "(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /** Has the kernel forget the peak so far. */
    private static final String RESET_PEAK = "5";

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

    /** One that is killed would leave it behind; Ctrl-C and a plain kill do not. */
    private static Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    /**
     * Starts a main class of this class path, with the launcher's options, and waits until it says where it listens.
     *
     * @param options more of them for the JVM
     * @throws IOException if it ends before
     */
    public static Child jvm(Class<?> main, List<String> options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(javaHome("java")));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:MetaspaceSize=128m",
                "-Dio.netty.leakDetection.level=disabled"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return speaking(new ProcessBuilder(command));
    }

    /**
     * Starts the launcher, as people do, and waits until it says where it listens.
     *
     * @param options more for its JVM
     * @throws IOException if it ends before
     */
    public static Child launcher(String options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("holdfast.root", "."), "holdfast").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOLDFAST_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOLDFAST_JAVA_OPTS", options);
        return speaking(builder);
    }

    private static Child speaking(ProcessBuilder builder) throws IOException {
        Process process = started(builder);
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
        throw new IOException(String.join(" ", builder.command()) + " ended:\n" + said);
    }

    /**
     * Starts a program in the foreground and waits until its port takes connections.
     *
     * @throws IOException if it does not within ten seconds
     */
    static Child program(int port, List<String> command) throws IOException, InterruptedException {
        Process process = started(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** Resident memory now, in bytes. */
    public long residentBytes() throws IOException {
        return status(RESIDENT);
    }

    /** The most that was resident since {@link #forgetPeak}, in bytes. */
    public long peakBytes() throws IOException {
        return status(PEAK);
    }

    /**
     * Lets the peak begin anew.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html">proc_pid_clear_refs</a>
     */
    public void forgetPeak() throws IOException {
        Files.writeString(path("clear_refs"), RESET_PEAK);
    }

    private long status(Pattern line) throws IOException {
        Matcher matcher = line.matcher(Files.readString(path("status")));
        if (!matcher.find()) {
            throw new IOException("no " + line + " in /proc");
        }
        return Long.parseLong(matcher.group(1)) << 10;
    }

    /** What it has used of the processors so far, user and system. */
    public Duration processorTime() throws IOException {
        String stat = Files.readString(path("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofNanos((Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * TICK_NANOS);
    }

    private Path path(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Has a JVM collect its garbage, so that what it keeps is seen. */
    public void collectGarbage() throws IOException, InterruptedException {
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
