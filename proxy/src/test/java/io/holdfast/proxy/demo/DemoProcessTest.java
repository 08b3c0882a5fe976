package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo} as people run it: a process, its exit code, and what is left behind. */
class DemoProcessTest {
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    /** A running demo. */
    private record Demo(Process process, String greeting) {
        private String find(String regex) {
            Matcher found = Pattern.compile(regex).matcher(greeting);
            assertThat(found.find()).as(regex + " in " + greeting).isTrue();
            return found.group(1);
        }

        private Connection ana() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + find("clients +127\\.0\\.0\\.1:(\\d+)") + "/shop",
                    "ana",
                    find("//ana:([a-z0-9]+)@"));
        }

        /** As Ctrl-C does, but a signal that a process in the background heeds too. */
        private int stop() throws InterruptedException {
            process.destroy();
            return process.waitFor();
        }
    }

    @BeforeEach
    void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stopWhatIsLeft() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void takenPortEndsInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = run("out", "--port=" + taken.getLocalPort(), "--admin-port=0");

            assertThat(demo.waitFor()).isEqualTo(1);
            assertThat(Files.readAllLines(folder.resolve("out.err")))
                    .filteredOn(line -> !line.contains(" INFO "))
                    .singleElement()
                    .asString()
                    .startsWith("holdfast demo: ")
                    .contains("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void signalStopsEverythingAndAKeptDemoGoesOn() throws Exception {
        String keep = "--keep=" + folder.resolve("kept");
        Demo first = demo("first", "--port=0", "--admin-port=0", keep);
        try (Connection ana = first.ana();
                Statement statement = ana.createStatement()) {
            statement.execute("INSERT INTO events (kind) VALUES ('kept')");
        }

        assertThat(first.stop()).isEqualTo(SIGTERM_EXIT);
        assertThat(listens(first.find("primary +127\\.0\\.0\\.1:(\\d+)"))).isFalse();
        assertThat(listens(first.find("follower +127\\.0\\.0\\.1:(\\d+)"))).isFalse();

        Demo second = demo("second", "--port=0", "--admin-port=0", keep);
        try (Connection ana = second.ana();
                Statement statement = ana.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM events WHERE kind = 'kept'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        assertThat(second.find("//ana:([a-z0-9]+)@")).isEqualTo(first.find("//ana:([a-z0-9]+)@"));
    }

    @Test
    void signalLeavesNoFolder() throws Exception {
        Demo demo = demo("out", "--port=0", "--admin-port=0");
        assertThat(demo.find("web page +(http://\\S+)")).isNotEmpty();
        assertThat(demo.find("(?m)^  di   ([a-z0-9]+)$")).isEqualTo(demo.find("//di:([a-z0-9]+)@"));
        Path audit = Path.of(demo.find("audit +(\\S+)"));
        assertThat(audit).exists();

        assertThat(demo.stop()).isEqualTo(SIGTERM_EXIT);

        assertThat(audit.getParent()).doesNotExist();
        assertThat(listens(demo.find("primary +127\\.0\\.0\\.1:(\\d+)"))).isFalse();
    }

    private Demo demo(String name, String... arguments) throws IOException {
        Process process = run(name, arguments);
        Path out = folder.resolve(name);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || Files.readString(out).contains("Ctrl-C ends the demo"));
        assertThat(process.isAlive())
                .as(Files.readString(folder.resolve(name + ".err")))
                .isTrue();
        return new Demo(process, Files.readString(out));
    }

    /** What the launcher runs, but from the classes under test. */
    private Process run(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.holdfast.proxy.Main",
                "demo"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name).toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static boolean listens(String port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
