package io.holdfast.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of PostgreSQL's client programs, running. Its errors are part of its output, in the order of their coming. */
public final class ClientProgram implements AutoCloseable {
    private static final long LIMIT_SECONDS = 90;
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Process process;
    private final Background<String> reading;
    private final StringBuilder output = new StringBuilder();

    private ClientProgram(Process process) {
        this.process = process;
        this.reading = Background.run(this::read);
    }

    /**
     * The newest of this name that is installed.
     *
     * @param path of the program
     * @param major its version
     */
    public record Installed(Path path, int major) {}

    /** Looks for the program; skips the test where it is not installed. */
    public static Installed installed(String name) {
        Optional<Installed> found = find(name);
        assumeTrue(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }

    private static Optional<Installed> find(String name) {
        Stream<Path> onPath =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        Stream<Path> debian = list(Path.of("/usr/lib/postgresql")).stream().map(version -> version.resolve("bin"));
        return Stream.of(onPath, debian, Stream.of(Path.of("/usr/sbin")))
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(path -> new Installed(path, major(path)))
                .max(Comparator.comparingInt(Installed::major));
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int major(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version").start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = MAJOR.matcher(answer);
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it as ana.
     *
     * @param input all of its standard input
     * @param port on loopback
     */
    public static ClientProgram start(Installed program, int port, String input, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.path.toString()));
        command.addAll(List.of("-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "ana"));
        command.addAll(List.of(arguments));
        return start(port, input, command);
    }

    /**
     * Starts any command, which finds the sample database and ana's login in libpq's environment variables.
     *
     * @param input all of its standard input
     * @param port on loopback
     */
    public static ClientProgram start(int port, String input, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", "127.0.0.1",
                        "PGPORT", String.valueOf(port),
                        "PGUSER", "ana",
                        "PGPASSWORD", TestServers.PASSWORD,
                        "PGDATABASE", TestServers.DATABASE,
                        "PGCLIENTENCODING", "UTF8",
                        "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        Thread.ofVirtual().start(() -> feed(process, input));
        return new ClientProgram(process);
    }

    /** Runs it to its end, which must be a good one, and gives its output. */
    public static String run(Installed program, int port, String input, String... arguments) throws Exception {
        try (ClientProgram running = start(program, port, input, arguments)) {
            return running.succeeded();
        }
    }

    /** Runs any command as {@link #start(int, String, List)} does, to a good end, and gives its output. */
    public static String run(int port, String input, List<String> command) throws Exception {
        try (ClientProgram running = start(port, input, command)) {
            return running.succeeded();
        }
    }

    private String succeeded() throws Exception {
        String output = output();
        assertThat(exitCode()).as(output).isZero();
        return output;
    }

    private static void feed(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has ended without reading everything; its exit code says why.
        }
    }

    private String read() throws IOException {
        InputStream in = process.getInputStream();
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            append(new String(part, 0, n, StandardCharsets.UTF_8));
        }
        return soFar();
    }

    private synchronized void append(String text) {
        output.append(text);
    }

    /** What it has written so far. */
    public synchronized String soFar() {
        return output.toString();
    }

    /** Everything it writes, once it has ended. */
    public String output() throws Exception {
        return reading.result();
    }

    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(soFar()).isTrue();
        return process.exitValue();
    }

    /** As Ctrl-C does at a terminal. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
