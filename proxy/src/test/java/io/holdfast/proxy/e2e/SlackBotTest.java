package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.FakeSlack.Message;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bot changes its message whoever decides, wherever; constants are masked. */
@Timeout(120)
class SlackBotTest {
    @AutoClose
    private static final FakeSlack slack = new FakeSlack();

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .admin()
            .holds(new Holds(
                    2,
                    ProxyFixture.HOLDS.timeout(),
                    ProxyFixture.HOLDS.clientWait(),
                    ProxyFixture.HOLDS.inTransactionWait(),
                    ProxyFixture.HOLDS.noticeInterval(),
                    ProxyFixture.HOLDS.grantTtl(),
                    Duration.ofMillis(300)))
            .notify(new Notify(
                    null,
                    new Notify.Slack(
                            new Way.Bot(FakeSlack.TOKEN, FakeSlack.CHANNEL, slack.api()),
                            SlackClicker.SIGNING_SECRET,
                            true),
                    null))
            .start();

    @Test
    void itsMessageFollowsDecisionsFromEverywhere() throws Exception {
        proxy.servers().execute("CREATE TABLE bot (n int)", "INSERT INTO bot VALUES (1), (2)");
        try (Connection ana = proxy.connect("ana");
                ConsoleClient di = proxy.console("di");
                SlackClicker clicker = new SlackClicker(slack, proxy.adminPort())) {
            Background<Integer> delete =
                    Background.run(() -> Sql.run(ana, "DELETE FROM bot WHERE 'hunter2' = 'hunter2'"));
            Message held = slack.awaitMessage(message -> message.text().contains("DELETE FROM bot"));
            assertThat(held.text()).contains("WHERE '?' = '?'").doesNotContain("hunter2");

            di.approve(held.value("holdfast_approve", "").replaceFirst("@.*", ""));
            slack.awaitMessage(now -> now.ts().equals(held.ts()) && now.text().contains("1 of 2, approved by `di`"));
            clicker.click(held, "holdfast_approve", "U0CY", null);
            assertThat(delete.result()).isEqualTo(2);

            slack.awaitMessage(now -> now.ts().equals(held.ts())
                    && now.text().contains("executed: `DELETE 2`")
                    && !now.hasButton("holdfast_approve"));
            slack.awaitMessage(now -> held.ts().equals(now.thread()));
            assertThat(slack.messages().stream()
                            .filter(now -> now.text().contains("DELETE FROM bot ")
                                    || held.ts().equals(now.thread())))
                    .hasSize(2);
            assertThat(slack.problems()).isEmpty();
        }
    }

    /** In its hold's thread, and in the channel as well: few people look into a thread that they are not in. */
    @Test
    void anAlarmIsBroadcastFromItsThread() throws Exception {
        proxy.servers().execute("CREATE TABLE bot_locked AS SELECT 1 AS n");
        try (Connection bo = proxy.servers().direct("bo");
                Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "LOCK TABLE bot_locked");
            Background<Integer> truncate = Background.run(() -> Sql.run(ana, "TRUNCATE bot_locked"));
            String id = cy.awaitWaiting("bot_locked");
            Message held = slack.awaitMessage(message -> message.text().contains("TRUNCATE bot_locked"));
            cy.approve(id);
            di.approve(id);

            Message alarm = slack.awaitMessage(now -> now.text().contains(id + " waits for a lock for "));
            assertThat(alarm.thread()).isEqualTo(held.ts());
            assertThat(alarm.json().path("reply_broadcast").asBoolean()).isTrue();
            bo.rollback();
            truncate.result();
            slack.awaitMessage(now -> held.ts().equals(now.ts()) && now.text().contains("executed"));
            assertThat(slack.problems()).isEmpty();
        }
    }
}
