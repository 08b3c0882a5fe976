package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One person releases alone, by psql and over HTTP, and everybody hears of it (BYPASS A-14). Twice: an hour has no more. */
@Timeout(120)
class BreakGlassTest {
    @AutoClose
    private static final FakeSlack slack = new FakeSlack();

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .admin()
            .notify(new Notify(
                    "https://holdfast.example.com",
                    new Notify.Slack(new Way.IncomingWebhook(slack.webhook()), SlackClicker.SIGNING_SECRET, false),
                    null))
            .start();

    @AutoClose
    private static final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itRunsAndEverybodyHearsOfIt() throws Exception {
        ClientProgram.Installed psql = ClientProgram.installed("psql");
        proxy.servers().execute("CREATE TABLE glass_a AS SELECT 1 AS n", "CREATE TABLE glass_b AS SELECT 1 AS n");
        try (Connection ana = proxy.connect("ana");
                Connection eve = proxy.connect("eve");
                ConsoleClient cy = proxy.console("cy")) {
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE glass_a"));
            String id = cy.awaitWaiting("glass_a");
            String glass = "BREAK GLASS " + id + " 'the disk is full, nobody answers'";
            assertThat(console(psql, "cy", glass)).contains("42501", "break-glass: true may release alone");
            assertThat(proxy.servers().count("glass_a")).isEqualTo(1);

            assertThat(console(psql, "eve", glass)).contains("approved", "1 of 2");
            assertThat(truncate.result())
                    .anySatisfy(notice -> assertThat(notice)
                            .isEqualTo("glass broken: eve has released " + id
                                    + " alone: the disk is full, nobody answers"));
            assertThat(proxy.servers().count("glass_a")).isZero();

            FakeSlack.Message alarm =
                    slack.awaitMessage(message -> message.text().contains("GLASS BROKEN: " + id));
            assertThat(alarm.thread()).isNull();
            assertThat(alarm.text()).contains("<!channel>", "released ALONE by `eve` (console)", "`TRUNCATE TABLE`");
            Eventually.holds(() -> Files.readAllLines(proxy.audit()).stream()
                    .anyMatch(line -> line.contains("\"kind\":\"outcome\"") && line.contains(id)));
            List<String> kinds = Files.readAllLines(proxy.audit()).stream()
                    .filter(line -> line.contains(id))
                    .map(line -> line.replaceAll(".*\"kind\":\"([a-z_]+)\".*", "$1"))
                    .toList();
            assertThat(kinds).containsExactly("held", "glass_broken", "approved", "released", "outcome");
            assertThat(Files.readAllLines(proxy.audit()))
                    .anySatisfy(
                            line -> assertThat(line)
                                    .contains(
                                            "\"kind\":\"released\"",
                                            "\"person\":\"eve\",\"verdict\":\"break-glass\",\"reason\":\"the disk is full, nobody answers\""));
            assertThat(get("/metrics")).contains("holdfast_glass_broken_total 1.0");

            Background<List<String>> drop = Background.run(() -> runs(ana, "DROP TABLE glass_b"));
            String second = cy.awaitWaiting("glass_b");
            assertThat(post(second, "hf_cy").statusCode()).isEqualTo(403);
            assertThat(post(second, "hf_eve").body()).contains("\"glass_broken_by\":\"eve\"");
            drop.result();
            Background<List<String>> own = Background.run(() -> runs(eve, "DROP TABLE orders /* glass */"));
            String third = cy.awaitWaiting("glass */");
            HttpResponse<String> tooOften = post(third, "hf_eve");
            assertThat(tooOften.statusCode()).isEqualTo(429);
            assertThat(tooOften.body()).contains("as often as one person may within an hour");
            cy.deny(third, "that is enough");
            Failure.of("PW001", own::result);
        }
        assertThat(slack.problems()).isEmpty();
    }

    private static String console(ClientProgram.Installed psql, String user, String command) throws Exception {
        return ClientProgram.run(
                psql, proxy.port(), "\\set VERBOSITY verbose\n" + command + ";\n", "-U", user, "-d", "holdfast", "-X");
    }

    private static List<String> runs(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            List<String> notices = new ArrayList<>();
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                notices.add(notice.getMessage());
            }
            return notices;
        }
    }

    private static HttpResponse<String> post(String id, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri("/api/holds/" + id + "/break-glass"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"the disk is full, nobody answers\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + proxy.adminPort() + path);
    }
}
