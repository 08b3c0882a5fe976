package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.cli.DecideCommand;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.FakeSlack.Message;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** A released statement that waits for a lock: everybody is told, and an approver ends it, from wherever they are. */
@Timeout(180)
class LockWaitTest {
    private static final Duration ALARM = Duration.ofMillis(300);
    private static final String CANCEL = "holdfast_cancel";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private static FakeSlack slack;
    private static HttpServer hooks;
    private static ProxyFixture proxy;
    private static SlackClicker clicker;
    private static ConsoleClient cy;
    private static ConsoleClient di;

    @BeforeAll
    static void open() throws Exception {
        slack = new FakeSlack();
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/", exchange -> {
            try (exchange) {
                heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        hooks.start();
        URI url = URI.create("http://127.0.0.1:" + hooks.getAddress().getPort() + "/");
        Holds times = ProxyFixture.HOLDS;
        proxy = ProxyFixture.builder()
                .admin()
                .holds(new Holds(
                        2,
                        times.timeout(),
                        times.clientWait(),
                        times.inTransactionWait(),
                        times.noticeInterval(),
                        times.grantTtl(),
                        ALARM))
                .notify(new Notify(
                        null,
                        new Notify.Slack(new Way.IncomingWebhook(slack.webhook()), SlackClicker.SIGNING_SECRET, false),
                        new Notify.Webhook(url, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .start();
        clicker = new SlackClicker(slack, proxy.adminPort());
        cy = proxy.console("cy");
        di = proxy.console("di");
    }

    @AfterAll
    static void close() throws Exception {
        cy.close();
        di.close();
        clicker.close();
        proxy.close();
        hooks.stop(0);
        slack.close();
    }

    @AfterEach
    void slackHasTakenEveryMessage() {
        assertThat(slack.problems()).isEmpty();
    }

    @Test
    void everybodyIsToldWhoIsInTheWayAndThatItIsOver() throws Exception {
        try (Connection bo = proxy.servers().direct("bo");
                WireClient ana = WireClient.login(proxy.port(), "psql")) {
            block(bo, "lock_told");
            Sql.run(bo, "ALTER ROLE bo PASSWORD 's3cret'");
            ana.query("TRUNCATE lock_told");
            String id = release("TRUNCATE lock_told");
            String pid = "pid " + bo.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            String blocker = pid + " (bo, night job, 127.0.0.1, idle in transaction since ";

            assertThat(awaitNotice(ana, id + " waits for a lock for "))
                    .contains("AccessExclusiveLock on relation public.lock_told; blocked by " + pid
                            + " (bo, night job, idle in transaction since ")
                    .doesNotContain("s3cret", "ALTER ROLE", "127.0.0.1");
            Eventually.holds(() -> cy.hold(id).state().startsWith("released, waits for a lock for "));
            assertThat(cy.rows("SHOW HOLD " + id))
                    .contains("waits for|AccessExclusiveLock on relation public.lock_told")
                    .anyMatch(row -> row.startsWith("blocked by|" + blocker))
                    .anyMatch(row -> row.startsWith("its last query|ALTER ROLE bo PASSWORD"))
                    .noneMatch(row -> row.contains("s3cret"));
            JsonNode shown = JSON.readTree(http("/api/holds/" + id)).path("locks");
            assertThat(shown.path("waits_for").asText()).isEqualTo("AccessExclusiveLock on relation public.lock_told");
            assertThat(shown.path("blockers").path(0).path("user").asText()).isEqualTo("bo");
            assertThat(shown.toString()).doesNotContain("s3cret");
            assertThat(awaitAlarm(id).text())
                    .contains("blocked by `" + blocker, "ALTER ROLE bo PASSWORD")
                    .doesNotContain("s3cret");
            Eventually.holds(() ->
                    heard.stream().anyMatch(body -> body.contains("\"type\":\"hold.lock_wait\"") && body.contains(id)));
            Eventually.holds(() -> records(id).contains("lock_wait"));
            assertThat(Files.readString(proxy.audit())).contains(blocker).doesNotContain("s3cret");
            assertThat(http("/metrics")).containsPattern("holdfast_lock_alarms_total [1-9]");
            assertThat(http("/metrics")).contains("holdfast_lock_waits 1.0");

            bo.rollback();

            assertThat(ana.readUntil('Z')).extracting(Frame::type).contains('C').doesNotContain('E');
            slack.awaitMessage(now -> now.text().contains("*" + id + "* does not wait for a lock any more")
                    && now.text().contains("executed: `TRUNCATE TABLE`"));
            Eventually.holds(() -> records(id).getLast().equals("outcome"));
            assertThat(cy.rows("SHOW HOLD " + id)).noneMatch(row -> row.startsWith("waits for"));
            Eventually.holds(() -> http("/metrics").contains("holdfast_lock_waits 0.0"));
        }
    }

    @Test
    void anApproverCancelsItInTheConsoleFromTheShellAndInSlack() throws Exception {
        try (Connection bo = proxy.servers().direct("bo");
                Connection ana = proxy.connect("ana")) {
            block(bo, "lock_cancelled");

            Background<Integer> waiting = Background.run(() -> Sql.run(ana, "TRUNCATE lock_cancelled"));
            String id = release("TRUNCATE lock_cancelled");
            assertThat(di.rows("CANCEL " + id + " 'not at noon'")).containsExactly(id + "|released|2 of 2");
            isCancelled(waiting, id, "di (console): not at noon");
            Failure.of("55000", () -> cy.rows("CANCEL " + id));

            waiting = Background.run(() -> Sql.run(ana, "TRUNCATE lock_cancelled"));
            String second = release("TRUNCATE lock_cancelled");
            assertThat(shell("ana", second)).isNotZero();
            assertThat(waiting.isDone()).isFalse();
            assertThat(shell("cy", second)).isZero();
            isCancelled(waiting, second, "cy (http): from the shell");

            waiting = Background.run(() -> Sql.run(ana, "TRUNCATE lock_cancelled"));
            String third = release("TRUNCATE lock_cancelled");
            Message alarm = awaitAlarm(third);
            assertThat(clicker.click(alarm, CANCEL, "U0ANA", null)).isEqualTo(200);
            slack.awaitWhisper("only a person who is configured with approves: true may decide");
            assertThat(clicker.click(alarm, CANCEL, "U0DI", "later")).isEqualTo(200);
            isCancelled(waiting, third, "di (slack): later");
            slack.awaitMessage(now -> now.text().contains(third)
                    && now.text().contains("cancelled by `di`: `later`")
                    && !now.hasButton(CANCEL));

            assertThat(Sql.number(ana, "SELECT count(*) FROM lock_cancelled")).isEqualTo(1);
        }
    }

    @Test
    void thatItGoesOnIsToldAndWhatOnlyTakesLongCanBeCancelledToo() throws Exception {
        try (Connection bo = proxy.servers().direct("bo");
                WireClient ana = WireClient.login(proxy.port(), "psql")) {
            block(bo, "lock_over");
            ana.query("DO $$ BEGIN LOCK TABLE lock_over; PERFORM pg_sleep(120); END $$");
            String id = release("LOCK TABLE lock_over");
            awaitNotice(ana, id + " waits for a lock for ");
            awaitAlarm(id); // whose end is told, too

            bo.rollback();

            awaitNotice(ana, id + " does not wait for a lock any more");
            Eventually.holds(() -> records(id).contains("lock_free"));
            slack.awaitMessage(now -> now.text().contains("*" + id + "* does not wait for a lock any more")
                    && now.text().contains("it is being run"));
            assertThat(cy.hold(id).state()).isEqualTo("released");
            cy.rows("CANCEL " + id);
            List<Frame> answer = ana.readUntil('Z');
            assertThat(answer).anyMatch(frame -> frame.toString().startsWith("E 57014"));
        }
    }

    @Test
    void whatDoesNotWaitMakesNoAlarm() throws Exception {
        proxy.servers().execute("CREATE TABLE lock_none AS SELECT 1 AS n");
        try (Connection ana = proxy.connect("ana")) {
            Background<Integer> slow =
                    Background.run(() -> Sql.run(ana, "DO $$ BEGIN TRUNCATE lock_none; PERFORM pg_sleep(1); END $$"));
            String id = release("TRUNCATE lock_none");
            slow.result();
            Eventually.holds(() -> records(id).contains("outcome"));
            assertThat(records(id)).doesNotContain("lock_wait");
        }
    }

    /** Each statement races with a cancel; what the client has sent right behind it is never hit. */
    @Test
    void aCancelThatRacesWithTheEndNeverHitsTheNextStatement() throws Exception {
        proxy.servers().execute("CREATE TABLE lock_race (n int)");
        int cancelled = 0;
        try (WireClient ana = WireClient.login(proxy.port(), "psql")) {
            ana.ask("LISTEN lock_race"); // so that both run on the same connection to the primary
            for (int i = 0; i < 25; i++) {
                String sql =
                        "DO $$ BEGIN DELETE FROM lock_race; PERFORM pg_sleep(0.0" + i % 5 + "); END $$ -- " + i + ';';
                ana.query(sql);
                ana.query("SELECT pg_sleep(0.03)");
                String id = cy.awaitWaiting("-- " + i + ';');
                cy.approve(id);
                di.approve(id);
                cancelAsSoonAsItRuns(id);
                boolean failed = ana.readUntil('Z').stream().anyMatch(frame -> frame.type() == 'E');
                cancelled += failed ? 1 : 0;
                assertThat(ana.readUntil('Z'))
                        .extracting(Frame::type)
                        .contains('C')
                        .doesNotContain('E');
            }
        }
        assertThat(cancelled).isPositive();
    }

    /** Unless it is done first. */
    private static void cancelAsSoonAsItRuns(String id) throws SQLException {
        while (true) {
            try {
                cy.rows("CANCEL " + id);
                return;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("55000");
                if (!String.valueOf(e.getMessage()).contains("but approved")) {
                    return;
                }
            }
        }
    }

    /** In a transaction, holds a lock that a TRUNCATE of the table waits for. */
    private static void block(Connection bo, String table) throws SQLException {
        proxy.servers().execute("CREATE TABLE " + table + " AS SELECT 1 AS n");
        Sql.run(bo, "SET application_name = 'night job'");
        bo.setAutoCommit(false);
        Sql.run(bo, "LOCK TABLE " + table + " IN ACCESS SHARE MODE");
    }

    /** Two approve it; gives its id when it runs. */
    private static String release(String sql) throws Exception {
        String id = cy.awaitWaiting(sql);
        cy.approve(id);
        di.approve(id);
        Eventually.holds(() -> cy.hold(id).state().startsWith("released"));
        return id;
    }

    /** In Slack; a message of the hold itself has a button, too, while it runs. */
    private static Message awaitAlarm(String id) {
        return slack.awaitMessage(now -> now.hasButton(CANCEL) && now.text().contains(id + " waits for a lock for "));
    }

    private static String awaitNotice(WireClient client, String beginning) throws IOException {
        while (true) {
            Frame frame = client.readUntil('N').getLast();
            if (frame.message().startsWith(beginning)) {
                return frame.message();
            }
        }
    }

    private static void isCancelled(Background<Integer> waiting, String id, String who) throws Exception {
        assertThat(Failure.of("57014", waiting::result).getMessage())
                .contains("canceling statement due to user request");
        Eventually.holds(() -> records(id).getLast().equals("outcome"));
        assertThat(records(id)).contains("cancelled");
        try (Stream<String> lines = Files.lines(proxy.audit())) {
            assertThat(lines.filter(line ->
                            line.contains("\"hold\":\"" + id) && line.contains("\"note\":\"cancelled by " + who)))
                    .hasSize(2);
        }
        assertThat(cy.rows("SHOW HOLD " + id))
                .anyMatch(row -> row.startsWith("cancelled by|"))
                .anyMatch(row -> row.startsWith("outcome|error 57014"));
    }

    private static int shell(String person, String id) {
        Map<String, String> environment =
                Map.of("HOLDFAST_URL", "http://127.0.0.1:" + proxy.adminPort(), "HOLDFAST_TOKEN", "hf_" + person);
        return new CommandLine(new DecideCommand.Cancel(environment)).execute(id, "from the shell");
    }

    private static String http(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + path);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer hf_cy")
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** Kinds of what the audit says of a hold. */
    private static List<String> records(String id) throws IOException {
        try (Stream<String> lines = Files.lines(proxy.audit())) {
            return new ArrayList<>(lines.filter(line -> line.contains("\"hold\":\"" + id + '"'))
                    .map(line -> line.replaceAll(".*\"kind\":\"([a-z_]+)\".*", "$1"))
                    .toList());
        }
    }
}
