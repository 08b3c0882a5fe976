package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a running proxy, in front of real servers and clients. */
@Timeout(120)
class ProxyPagesTest {
    private static final String ATTACK = "\"'><script>alert(1)</script>&amp;";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().admin().start();

    @AutoClose
    private final WebClient cy = new WebClient(proxy.adminPort());

    @AutoClose
    private final WebClient di = new WebClient(proxy.adminPort());

    @Test
    void whatTwoPersonsApproveThereRuns() throws Exception {
        proxy.servers().execute("CREATE TABLE web_approved AS SELECT 1 AS n");
        cy.logIn("cy");
        di.logIn("di");
        try (ConsoleClient console = proxy.console("cy");
                BufferedReader events = WebClient.lines(cy.follow())) {
            Background<Integer> truncate =
                    Story.ask(proxy, "ana", ATTACK, "TRUNCATE web_approved -- " + ATTACK + "\u202e");
            assertThat(WebClient.awaitLine(events, "event: change")).isTrue();
            String id = console.awaitWaiting("web_approved");
            String page = cy.get("/holds/" + id).body();
            assertThat(page)
                    .contains(
                            "TRUNCATE web_approved -- \"'&gt;&lt;script&gt;",
                            "<mark>&lt;U+202E&gt;</mark>",
                            "<b>ana</b>")
                    .doesNotContain("<script>");

            assertThat(cy.approve(id, ATTACK).statusCode()).isEqualTo(303);
            assertThat(truncate.isDone()).isFalse();
            assertThat(di.get("/holds/" + id).body())
                    .contains("1 of 2 approvals")
                    .doesNotContain("<script>");
            assertThat(di.approve(id, "seen it").statusCode()).isEqualTo(303);
            assertThat(truncate.result()).isZero();
            assertThat(proxy.servers().count("web_approved")).isZero();
            assertThat(Files.readString(proxy.audit())).contains("\"channel\":\"web\"");
        }
    }

    @Test
    void aDenialReachesTheClientAsItWasTyped() throws Exception {
        proxy.servers().execute("CREATE TABLE web_denied AS SELECT 1 AS n");
        cy.logIn("cy");
        try (ConsoleClient console = proxy.console("cy")) {
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP TABLE web_denied");
            String id = console.awaitWaiting("web_denied");
            cy.deny(id, ATTACK);

            SQLException denied = catchThrowableOfType(SQLException.class, drop::result);
            assertThat(denied.getSQLState()).isEqualTo("PW001");
            assertThat(denied.getMessage()).contains("denied by cy", ATTACK);
            assertThat(cy.get("/history").body())
                    .contains(id, "denied", "by cy: ")
                    .doesNotContain("<script>");
        }
        assertThat(proxy.servers().count("web_denied")).isEqualTo(1);
    }

    @Test
    void whatRunsIsCancelledByOneButton() throws Exception {
        proxy.servers().execute("CREATE TABLE web_cancelled AS SELECT 1 AS n");
        cy.logIn("cy");
        di.logIn("di");
        String sql = "DO $$ BEGIN TRUNCATE web_cancelled; PERFORM pg_sleep(120); END $$";
        try (ConsoleClient console = proxy.console("cy");
                WebClient ana = new WebClient(proxy.adminPort()).logIn("ana")) {
            Background<Integer> slow = Story.ask(proxy, "ana", "psql", sql);
            String id = console.awaitWaiting("web_cancelled");
            assertThat(cy.get("/holds/" + id).body()).doesNotContain("/cancel");
            cy.approve(id, "");
            di.approve(id, "");
            console.awaitHold("web_cancelled", "released");
            assertThat(cy.get("/holds/" + id).body()).contains("action=\"/holds/" + id + "/cancel\"");
            assertThat(ana.get("/holds/" + id).body()).doesNotContain("/cancel");
            assertThat(ana.act("/holds/" + id + "/cancel", Map.of()).statusCode())
                    .isEqualTo(403);
            assertThat(cy.post("/holds/" + id + "/cancel", Map.of()).statusCode())
                    .as("without the token of the login")
                    .isEqualTo(403);

            assertThat(cy.act("/holds/" + id + "/cancel", Map.of("reason", ATTACK))
                            .statusCode())
                    .isEqualTo(303);

            SQLException cancelled = catchThrowableOfType(SQLException.class, slow::result);
            assertThat(cancelled.getSQLState()).isEqualTo("57014");
            console.awaitHold("web_cancelled", "failed");
            assertThat(cy.get("/holds/" + id).body())
                    .contains("<b>Cancelled by</b> cy at ", "(web): ")
                    .doesNotContain("<script>", "/cancel");
            assertThat(cy.act("/holds/" + id + "/cancel", Map.of()).statusCode())
                    .isEqualTo(409);
        }
        assertThat(proxy.servers().count("web_cancelled")).isEqualTo(1);
    }

    @Test
    void whoAsksMayLookAndNotDecide() throws Exception {
        proxy.servers().execute("CREATE TABLE web_own AS SELECT 1 AS n");
        try (ConsoleClient console = proxy.console("cy");
                WebClient ana = new WebClient(proxy.adminPort()).logIn("ana")) {
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP TABLE web_own");
            String id = console.awaitWaiting("web_own");
            assertThat(ana.get("/holds/" + id).body()).contains("You may look.");
            assertThat(ana.approve(id, "I know what I do").statusCode()).isEqualTo(403);
            assertThat(ana.get("/sessions").body()).contains("<b>ana</b>", "held");
            console.deny(id, "enough");
            assertThat(catchThrowable(drop::result)).isNotNull();
        }
    }
}
