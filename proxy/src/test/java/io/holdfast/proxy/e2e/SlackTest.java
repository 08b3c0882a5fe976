package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.FakeSlack.Message;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.Sql;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two people decide in Slack, by an incoming webhook; and what must not decide anything. */
@Timeout(120)
class SlackTest {
    private static final String APPROVE = "holdfast_approve";
    private static final String DENY = "holdfast_deny";
    private static final String SHOW = "holdfast_show";
    private static final String CY = "U0CY";
    private static final String DI = "U0DI";

    @AutoClose
    private static final FakeSlack slack = new FakeSlack();

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .admin()
            .notify(new Notify(
                    "https://holdfast.example.com",
                    new Notify.Slack(new Way.IncomingWebhook(slack.webhook()), SlackClicker.SIGNING_SECRET, false),
                    null))
            .rules(new RuleConfig(
                    "hurries",
                    new RuleConfig.When(
                            Set.of(),
                            Set.of("TRUNCATE"),
                            List.of("slack_expiring"),
                            List.of(),
                            false,
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            List.of()),
                    new Action.Hold(2, Duration.ofMillis(300))))
            .start();

    @AutoClose
    private static final SlackClicker clicker = new SlackClicker(slack, proxy.adminPort());

    @AfterEach
    void slackHasTakenEveryMessage() {
        assertThat(slack.problems()).isEmpty();
    }

    @Test
    void twoClicksByTwoPeopleReleaseIt() throws Exception {
        try (Connection ana = proxy.connect("ana")) {
            table("slack_released");
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE slack_released"));
            Message held = awaitHold("TRUNCATE slack_released");
            String id = id(held);
            assertThat(held.text()).contains("needs 2 approvals, 0 so far", "`ana` as user `ana`", "`shop`");

            assertThat(clicker.click(held, APPROVE, CY, "the old rows are archived"))
                    .isEqualTo(200);
            slack.awaitMessage(now -> now.ts().equals(held.ts())
                    && now.text().contains("1 of 2, approved by `cy`")
                    && now.hasButton(APPROVE));
            assertThat(proxy.servers().count("slack_released")).isEqualTo(2);

            assertThat(clicker.click(held, APPROVE, DI, null)).isEqualTo(200);
            assertThat(truncate.result())
                    .contains("held as " + id + ": needs 2 approvals, 0 so far; https://holdfast.example.com/holds/"
                            + id);
            slack.awaitMessage(now -> now.ts().equals(held.ts())
                    && now.text().contains("approved by `cy` and `di`; executed: `TRUNCATE TABLE`")
                    && !now.hasButton(APPROVE));
            slack.awaitMessage(
                    now -> held.ts().equals(now.thread()) && now.text().contains(id));
            assertThat(proxy.servers().count("slack_released")).isZero();
            Eventually.holds(
                    () -> Files.readString(proxy.audit()).contains("\"person\":\"cy\",\"verdict\":\"approve\""));
        }
    }

    @Test
    void nobodyCountsTwiceAndNobodyElseCounts() throws Exception {
        try (Connection ana = proxy.connect("ana");
                ConsoleClient console = proxy.console("cy")) {
            table("slack_guarded");
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE slack_guarded"));
            Message held = awaitHold("TRUNCATE slack_guarded");
            String id = id(held);

            clicker.click(held, APPROVE, CY, null);
            slack.awaitMessage(now -> now.ts().equals(held.ts()) && now.text().contains("1 of 2"));
            clicker.click(held, APPROVE, CY, null);
            slack.awaitWhisper("you have approved it already; another person must");
            clicker.click(held, APPROVE, "U0ANA", null);
            slack.awaitWhisper("only a person who is configured with approves: true may decide");
            clicker.click(held, APPROVE, "U0EVE", null);
            slack.awaitWhisper("your Slack id `U0EVE` belongs to nobody");
            assertThat(console.hold(id).approvals()).isEqualTo("1 of 2");

            clicker.click(held, DENY, DI, "not today");
            assertThat(Failure.of("PW001", truncate::result).getMessage()).contains("was denied by di");
            slack.awaitMessage(now -> now.ts().equals(held.ts())
                    && now.text().contains("denied by `di`: `not today`")
                    && !now.hasButton(DENY));
            clicker.click(held, APPROVE, DI, null);
            slack.awaitWhisper("hold " + id + " is denied");
            assertThat(proxy.servers().count("slack_guarded")).isEqualTo(2);
        }
    }

    @Test
    void nobodyDecidesTheirOwnRequest() throws Exception {
        try (Connection cy = proxy.connect("cy_too")) {
            table("slack_own");
            Background<List<String>> truncate = Background.run(() -> runs(cy, "TRUNCATE slack_own"));
            Message held = awaitHold("TRUNCATE slack_own");

            clicker.click(held, APPROVE, CY, null);
            slack.awaitWhisper("nobody decides their own request");

            clicker.click(held, DENY, DI, null);
            Failure.of("PW001", truncate::result);
            assertThat(proxy.servers().count("slack_own")).isEqualTo(2);
        }
    }

    @Test
    void forgedOldAndRepeatedClicksDoNothing() throws Exception {
        try (Connection ana = proxy.connect("ana");
                ConsoleClient console = proxy.console("cy")) {
            table("slack_forged");
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE slack_forged"));
            Message held = awaitHold("TRUNCATE slack_forged");
            String body = clicker.body(held, APPROVE, held.value(APPROVE, ""), CY, null);
            String now = String.valueOf(Instant.now().getEpochSecond());
            String old = String.valueOf(Instant.now().getEpochSecond() - 400);

            assertThat(clicker.send(body, now, SlackClicker.signature("guessed", now, body)))
                    .isEqualTo(401);
            assertThat(clicker.send(body, old, SlackClicker.signature(SlackClicker.SIGNING_SECRET, old, body)))
                    .isEqualTo(401);
            assertThat(clicker.send(body, now, null)).isEqualTo(401);
            assertThat(clicker.send(body, null, SlackClicker.signature(SlackClicker.SIGNING_SECRET, now, body)))
                    .isEqualTo(401);
            assertThat(clicker.send(body + "&x=1", now, SlackClicker.signature(SlackClicker.SIGNING_SECRET, now, body)))
                    .isEqualTo(401);
            assertThat(clicker.send("x".repeat(2 << 20), now, "v0=0")).isEqualTo(413);
            assertThat(console.hold(id(held)).approvals()).isEqualTo("0 of 2");

            String signature = SlackClicker.signature(SlackClicker.SIGNING_SECRET, now, body);
            assertThat(clicker.send(body, now, signature)).isEqualTo(200);
            assertThat(clicker.send(body, now, signature)).isEqualTo(409);
            slack.awaitMessage(
                    message -> message.ts().equals(held.ts()) && message.text().contains("1 of 2"));
            String again = held.value(APPROVE, "").replaceFirst("@.*", "@1");
            assertThat(clicker.click(held, APPROVE, again, DI, null)).isEqualTo(200);
            slack.awaitWhisper("this message is about an older hold");
            assertThat(console.hold(id(held)).approvals()).isEqualTo("1 of 2");
            assertThat(metrics())
                    .contains("holdfast_slack_clicks_total{result=\"forged\"}")
                    .contains("holdfast_slack_clicks_total{result=\"replayed\"}")
                    .contains("holdfast_slack_clicks_total{result=\"stale\"}");

            console.deny(id(held), "tested");
            Failure.of("PW001", truncate::result);
        }
    }

    @Test
    void decisionsElsewhereAndTimeAreShownToo() throws Exception {
        try (Connection ana = proxy.connect("ana");
                ConsoleClient console = proxy.console("cy")) {
            table("slack_expiring");
            Failure.of("PW002", () -> Sql.run(ana, "TRUNCATE slack_expiring"));
            String expired = console.awaitHold("TRUNCATE slack_expiring", "expired");
            slack.awaitMessage(
                    now -> now.text().contains(expired) && now.text().contains("expired with 0 of 2; nothing has run"));

            table("slack_elsewhere");
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE slack_elsewhere"));
            String id = id(awaitHold("TRUNCATE slack_elsewhere"));
            console.deny(id, "no");
            Failure.of("PW001", truncate::result);
            slack.awaitMessage(now -> now.text().contains("*" + id + "*: denied by `cy`: `no`"));
        }
    }

    @Test
    void aSlackThatIsDownDelaysNobodyAndHearsOfItLater() throws Exception {
        try (Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            table("slack_down");
            slack.fails(1, 500, Map.of(), "down");
            slack.fails(1, 429, Map.of("Retry-After", "1"), "");
            int before = slack.requests();
            Background<List<String>> truncate = Background.run(() -> runs(ana, "TRUNCATE slack_down"));
            String id = cy.awaitWaiting("TRUNCATE slack_down");
            cy.approve(id);
            di.approve(id);
            truncate.result();

            assertThat(proxy.servers().count("slack_down")).isZero();
            slack.awaitMessage(now -> now.text().contains(id) && now.text().contains("executed: `TRUNCATE TABLE`"));
            assertThat(slack.requests()).isGreaterThanOrEqualTo(before + 3);
            assertThat(metrics()).contains("holdfast_notify_failures_total{channel=\"slack\"}");
        }
    }

    @Test
    void manyAtOnceShareAMessageFromWhichEachCanBeShown() throws Exception {
        List<Connection> clients = new ArrayList<>();
        List<Background<List<String>>> waiting = new ArrayList<>();
        try (ConsoleClient console = proxy.console("di")) {
            slack.stops(); // so that all of them have come when the second message leaves
            for (int i = 0; i < 6; i++) {
                table("slack_many" + i);
                Connection ana = proxy.connect("ana");
                clients.add(ana);
                String sql = "TRUNCATE slack_many" + i;
                waiting.add(Background.run(() -> runs(ana, sql)));
                console.awaitWaiting(sql);
            }
            slack.goesOn();
            Message summary =
                    slack.awaitMessage(now -> now.hasButton(SHOW) && now.text().contains("TRUNCATE slack_many5"));
            assertThat(summary.hasButton(APPROVE)).isFalse();
            String id = console.awaitWaiting("TRUNCATE slack_many5");

            assertThat(clicker.click(summary, SHOW, summary.value(SHOW, id), CY, null))
                    .isEqualTo(200);
            Message shown = slack.awaitMessage(
                    now -> now.hasButton(APPROVE) && now.text().contains("slack_many5"));
            clicker.click(shown, DENY, CY, null);
            Failure.of("PW001", waiting.get(5)::result);
            for (int i = 0; i < 5; i++) {
                console.deny(console.awaitWaiting("TRUNCATE slack_many" + i), "no");
                Failure.of("PW001", waiting.get(i)::result);
            }
        } finally {
            for (Connection client : clients) {
                client.close();
            }
        }
    }

    private static Message awaitHold(String sql) {
        return slack.awaitMessage(
                message -> message.hasButton(APPROVE) && message.text().contains(sql));
    }

    private static String id(Message message) {
        return message.value(APPROVE, "").replaceFirst("@.*", "");
    }

    /** Gives the notices that came meanwhile. */
    private static List<String> runs(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            List<String> notices = new ArrayList<>();
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                notices.add(notice.getMessage());
            }
            return notices;
        }
    }

    private static String metrics() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static void table(String name) throws SQLException {
        proxy.servers().execute("CREATE TABLE " + name + " (n int)", "INSERT INTO " + name + " VALUES (1), (2)");
    }
}
