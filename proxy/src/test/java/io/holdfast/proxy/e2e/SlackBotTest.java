package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.FakeSlack.Message;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
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
            assertThat(slack.messages()).hasSize(2);
            assertThat(slack.problems()).isEmpty();
        }
    }
}
