package io.holdfast.proxy.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.Page;
import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.Chromium;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page says by itself that a released statement waits for a lock, for whom, and ends it. */
@Timeout(120)
class LockAlarmInChromiumTest {
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
            .start();

    @AutoClose
    private static final Chromium chromium = Chromium.start();

    @Test
    void whoIsInTheWayIsShownAndTheStatementIsCancelled() throws Exception {
        proxy.servers().execute("CREATE TABLE web_locked AS SELECT 1 AS n");
        Page list = chromium.open("http://127.0.0.1:" + proxy.adminPort());
        Story.logIn(list, "cy");
        try (Connection bo = proxy.servers().direct("bo");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "SELECT count(*) FROM web_locked");
            Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE web_locked");
            String id = cy.awaitWaiting("web_locked");
            Page page = chromium.open("http://127.0.0.1:" + proxy.adminPort());
            Story.logIn(page, "di");
            page.navigate("/holds/" + id);
            cy.approve(id);
            di.approve(id);

            String pid = "pid " + bo.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            assertThat(page.locator(".head .locks")).containsText("waits for a lock");
            assertThat(page.locator(".head .locks")).containsText(pid + " (bo, ");
            assertThat(list.locator(".card .locks")).containsText(pid + " (bo, ");

            page.getByLabel("Reason").fill("bo is still at it");
            page.locator("button.deny").click();
            assertThat(page.locator(".head")).containsText("Cancelled by di");
            assertThat(catchThrowableOfType(SQLException.class, truncate::result)
                            .getSQLState())
                    .isEqualTo("57014");
            assertThat(list.locator(".card .locks")).hasCount(0);
            bo.rollback();
        }
        assertThat(proxy.servers().count("web_locked")).isEqualTo(1);
    }
}
