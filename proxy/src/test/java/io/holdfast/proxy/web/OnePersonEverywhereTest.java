package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cy has two PostgreSQL users, a token and a Slack id, and is one person in all of them (BYPASS A-07). */
@Timeout(120)
class OnePersonEverywhereTest {
    private static final String CY = "U0CY";

    /** A way in which cy decides; gives what cy is told if it does not count, else something else. */
    private interface Deciding {
        String decide(String id, String verb) throws Exception;
    }

    @AutoClose
    private static final FakeSlack slack = new FakeSlack();

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .admin()
            .notify(new Notify(
                    null,
                    new Notify.Slack(new Way.IncomingWebhook(slack.webhook()), SlackClicker.SIGNING_SECRET, false),
                    null))
            .start();

    @AutoClose
    private static final SlackClicker clicker = new SlackClicker(slack, proxy.adminPort());

    @AutoClose
    private static final HttpClient http = HttpClient.newHttpClient();

    private final Map<String, Deciding> ways = new LinkedHashMap<>();

    OnePersonEverywhereTest() {
        ways.put("console", (id, verb) -> console("cy", verb + ' ' + id));
        ways.put("console by the other user", (id, verb) -> console("cy_too", verb + ' ' + id));
        ways.put("console, among several", (id, verb) -> console("cy", verb + ' ' + id + ", H-2222"));
        ways.put("http", (id, verb) -> post("/api/holds/" + id + '/' + verb, "{}"));
        ways.put("http, among several", (id, verb) -> post("/api/holds/" + verb, "{\"ids\":[\"" + id + "\"]}"));
        ways.put("web", OnePersonEverywhereTest::web);
        ways.put("slack", OnePersonEverywhereTest::slack);
    }

    @Test
    void nobodyDecidesWhatTheyHaveAskedForByAnotherUser() throws Exception {
        proxy.servers().execute("CREATE TABLE one_own AS SELECT 1 AS n");
        try (ConsoleClient di = proxy.console("di")) {
            Background<Integer> truncate = Story.ask(proxy, "cy_too", "psql", "TRUNCATE one_own");
            String id = di.awaitWaiting("one_own");
            for (var way : ways.entrySet()) {
                for (String verb : List.of("approve", "deny")) {
                    assertThat(way.getValue().decide(id, verb))
                            .as(way.getKey() + ' ' + verb)
                            .contains("nobody decides their own request");
                }
            }
            assertThat(di.hold(id).approvals()).isEqualTo("0 of 2");
            di.deny(id, "enough");
            assertThat(catchThrowable(truncate::result)).isNotNull();
        }
        assertThat(proxy.servers().count("one_own")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"console by the other user", "http", "web", "slack"})
    void whoHasApprovedInOneWayIsNobodyElseInAnother(String first) throws Exception {
        String table = "one_" + first.replace(' ', '_');
        proxy.servers().execute("CREATE TABLE " + table + " AS SELECT 1 AS n");
        try (ConsoleClient di = proxy.console("di")) {
            Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE " + table);
            String id = di.awaitWaiting(table);
            if (first.equals("slack")) {
                clicker.click(message(id), "holdfast_approve", CY, null);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> di.hold(id).approvals().equals("1 of 2"));
            } else {
                Objects.requireNonNull(ways.get(first)).decide(id, "approve");
            }
            for (var way : ways.entrySet()) {
                assertThat(way.getValue().decide(id, "approve"))
                        .as(first + ", then " + way.getKey())
                        .contains("you have approved it already; another person must");
            }
            assertThat(di.hold(id).approvals()).isEqualTo("1 of 2");
            assertThat(di.hold(id).state()).isEqualTo("waiting");
            di.deny(id, "enough");
            assertThat(catchThrowable(truncate::result)).isNotNull();
        }
        assertThat(proxy.servers().count(table)).isEqualTo(1);
    }

    private static String console(String user, String command) throws SQLException {
        try (ConsoleClient console = proxy.console(user)) {
            return String.join("\n", console.rows(command));
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String post(String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.adminPort() + path))
                                .header("Authorization", "Bearer hf_cy")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String web(String id, String verb) throws Exception {
        try (WebClient browser = new WebClient(proxy.adminPort()).logIn("cy")) {
            return verb.equals("approve")
                    ? browser.approve(id, "").body()
                    : browser.deny(id, "").body();
        }
    }

    /** The newest that only cy is told. */
    private static String slack(String id, String verb) throws Exception {
        int before = slack.whispers().size();
        clicker.click(message(id), "holdfast_" + verb, CY, null);
        return await().atMost(Duration.ofSeconds(30))
                .until(slack::whispers, whispers -> whispers.size() > before)
                .getLast();
    }

    private static FakeSlack.Message message(String id) {
        return slack.awaitMessage(message -> message.text().contains(id) && message.hasButton("holdfast_approve"));
    }
}
