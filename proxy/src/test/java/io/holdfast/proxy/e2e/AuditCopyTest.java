package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.ControlStoreConfig;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestFolder;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two proxies whose audits are copied into the control store that they share. */
@Timeout(240)
class AuditCopyTest {
    private static final int SMALL = 4_000;

    private static PostgresCluster cluster;
    private static ControlStoreConfig.Shared store;
    private static ProxyFixture a;
    private static ProxyFixture b;

    @BeforeAll
    static void open() throws Exception {
        cluster = PostgresCluster.builder()
                .version(Integer.getInteger(TestServers.VERSION, 18))
                .superuser("postgres", TestServers.PASSWORD)
                .standbys(0)
                .start();
        store = ControlDatabase.createOn(cluster.primary());
        TestServers.shared().execute("DROP TABLE IF EXISTS copied", "CREATE TABLE copied (n text)");
        a = start("a", TestFolder.create("copied").resolve("audit.jsonl"));
        b = start("b", TestFolder.create("copied").resolve("audit.jsonl"));
    }

    @AfterAll
    static void close() {
        a.close();
        b.close();
        cluster.close();
    }

    private static ProxyFixture start(String name, Path file) {
        return ProxyFixture.builder()
                .controlStore(store)
                .audit(new AuditConfig(file, SMALL, name))
                .admin()
                .start();
    }

    @Test
    void whatIsDoneAtEitherIsInOneTable() throws Exception {
        insert(a, "first at a");
        insert(b, "first at b");
        Eventually.holds(() -> copied("a").equals(log(a)) && copied("b").equals(log(b)));

        assertThat(copied("a")).anyMatch(line -> line.contains("first at a"));
        assertThat(copied("b")).anyMatch(line -> line.contains("first at b"));
        assertThat(stats(a)).anyMatch(row -> row.startsWith("audit copy|complete, up to entry "));
        assertThat(http(a, "/metrics"))
                .contains("holdfast_audit_copy_pending 0.0", "holdfast_audit_copy_behind_seconds 0.0");
    }

    @Test
    void whileTheStoreIsAwayClientsGoOnAndTheCopyIsCaughtUpWith() throws Exception {
        insert(a, "before");
        Eventually.holds(() -> copied("a").equals(log(a)));
        cluster.primary().kill();

        int parts = parts(a).size();
        for (int i = 0; parts(a).size() < parts + 3; i++) {
            insert(a, "while it is away " + i);
        }
        Eventually.holds(() -> stats(a).stream().anyMatch(row -> row.startsWith("audit copy|lacks ")));
        assertThat(http(a, "/metrics")).doesNotContain("holdfast_audit_copy_pending 0.0");
        assertThat(http(a, "/readyz")).startsWith("ok\n");

        cluster.primary().start();
        insert(a, "and back");
        Eventually.holds(() -> copied("a").equals(log(a)));
        assertThat(http(a, "/metrics")).contains("holdfast_audit_copy_broken_total 0.0");
    }

    @Test
    void aRestartGoesOnWithoutAGapOrADuplicate() throws Exception {
        Path file = TestFolder.create("copied").resolve("audit.jsonl");
        try (ProxyFixture once = start("c", file)) {
            insert(once, "before the restart");
        }
        assertThat(copied("c")).isEqualTo(lines(file)); // it had the last line before the proxy was gone
        try (ProxyFixture again = start("c", file)) {
            insert(again, "behind it");
        }
        assertThat(copied("c")).isEqualTo(lines(file)).anyMatch(line -> line.contains("behind it"));
        try (Connection connection = cluster.primary().connect("holdfast_control")) {
            assertThat(Sql.number(connection, "SELECT count(DISTINCT chain) FROM holdfast_audit WHERE proxy = 'c'"))
                    .isEqualTo(1);
        }
    }

    private static void insert(ProxyFixture proxy, String what) throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "INSERT INTO copied VALUES ('" + what + "')");
        }
    }

    private static List<String> stats(ProxyFixture proxy) throws SQLException {
        try (var console = proxy.console("cy")) {
            return console.rows("SHOW STATS");
        }
    }

    private static List<String> copied(String name) throws SQLException {
        try (Connection connection = cluster.primary().connect("holdfast_control");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT line FROM holdfast_audit WHERE proxy = ? ORDER BY seq")) {
            statement.setString(1, name);
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    private static List<String> log(ProxyFixture proxy) throws IOException {
        return lines(proxy.audit());
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path part : parts(file)) {
            lines.addAll(Files.readAllLines(part));
        }
        return lines;
    }

    private static List<Path> parts(ProxyFixture proxy) throws IOException {
        return parts(proxy.audit());
    }

    /** The archived ones, then the one that is written. */
    private static List<Path> parts(Path file) throws IOException {
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            return Stream.concat(
                            siblings.filter(sibling ->
                                            sibling.getFileName().toString().startsWith(file.getFileName() + "."))
                                    .sorted(),
                            Stream.of(file))
                    .toList();
        }
    }

    private static String http(ProxyFixture proxy, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
