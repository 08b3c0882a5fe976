package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approving and denying by forms, and every way in which that does not count. */
class DecisionTest {
    @AutoClose
    private final WebFixture web = new WebFixture();

    private final HoldId id = web.holds.open(Holds.TWO);

    @Test
    void whatHasRunIsShownWithTheWayToUndoIt() throws Exception {
        web.holds.approve(id, Holds.BO);
        web.holds.approve(id, Holds.ANN);
        web.holds.service.claim(id);
        Instant at = Instant.parse("2026-03-13T09:00:07Z");
        web.holds.service.marked(id, new RestorePoint.Position("0/1A2B3C8", at, "<b>not permitted"));

        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/holds/" + id).body())
                    .contains("<b>To undo:</b> restore a backup to LSN 0/1A2B3C8 (recovery_target_lsn, with"
                            + " recovery_target_inclusive = off), 2026-03-13T09:00:07Z by the server's clock;"
                            + " no restore point: &lt;b&gt;not permitted");
        }
    }

    @Test
    void twoPersonsApprove() throws Exception {
        try (WebClient bo = web.browser("bo");
                WebClient ann = web.browser("ann")) {
            HttpResponse<String> first = bo.approve(id, "checked ü");
            assertThat(first.statusCode()).isEqualTo(303);
            assertThat(first.headers().firstValue("Location")).contains("/holds/" + id);
            assertThat(bo.get("/holds/" + id).body())
                    .contains("1 of 2 approvals", "You have approved it; another person must, too", "/deny")
                    .doesNotContain("/approve");

            assertThat(ann.approve(id, "").statusCode()).isEqualTo(303);
            assertThat(ann.get("/holds/" + id).body()).contains("approved").doesNotContain("Your decision", "To undo");
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.APPROVED);
        assertThat(web.holds.service.find(id).orElseThrow().votes())
                .extracting(Vote::person, Vote::reason, Vote::channel)
                .containsExactly(tuple("bo", "checked ü", Channel.WEB), tuple("ann", null, Channel.WEB));
    }

    @Test
    void oneDenies() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.deny(id, "no WHERE").statusCode()).isEqualTo(303);
            assertThat(bo.get("/holds/" + id).body()).contains("denied", "no WHERE");
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.DENIED);
    }

    @Test
    void anApprovalNeedsTheWordThatItWasRead() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            HttpResponse<String> answer = bo.act("/holds/" + id + "/approve", Map.of("reason", "in a hurry"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("say that you have read it", "value=\"in a hurry\"");
        }
        assertNoVote();
    }

    @Test
    void whoMayNotDecideIsToldWhyAndHasNoButton() throws Exception {
        HoldId own = web.holds
                .service
                .openDetached(Holds.request("bo", "bo", "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();
        try (WebClient dev = web.browser("dev");
                WebClient bo = web.browser("bo")) {
            assertThat(dev.get("/holds/" + id).body()).contains("You may look.").doesNotContain("/approve", "/deny");
            HttpResponse<String> developer = dev.approve(id, "please");
            assertThat(developer.statusCode()).isEqualTo(403);
            assertThat(developer.body())
                    .contains("not counted: only a person who is configured with approves: true may decide");
            assertThat(dev.deny(id, "").statusCode()).isEqualTo(403);

            assertThat(bo.get("/holds/" + own).body())
                    .contains("You asked for this yourself")
                    .doesNotContain("/deny");
            HttpResponse<String> requester = bo.approve(own, "");
            assertThat(requester.statusCode()).isEqualTo(403);
            assertThat(requester.body()).contains("not counted: nobody decides their own request");
        }
        assertNoVote();
        assertThat(web.holds.state(own)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void aDecisionThatComesTooLateIsNone() throws Exception {
        HoldId expired = web.holds.open(Holds.TWO);
        try (WebClient bo = web.browser("bo")) {
            web.holds.deny(id, Holds.ANN);
            HttpResponse<String> late = bo.approve(id, "fine");
            assertThat(late.statusCode()).isEqualTo(409);
            assertThat(late.body()).contains("not counted: hold " + id + " is denied", "wrong database");

            web.holds.time.pass(Duration.ofMinutes(31));
            assertThat(bo.approve(expired, "").body()).contains("hold " + expired + " is expired");
            assertThat(bo.approve("H-2222", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onePersonCountsOnce() throws Exception {
        try (WebClient bo = web.browser("bo");
                WebClient again = web.browser("bo")) {
            bo.approve(id, "");
            HttpResponse<String> twice = again.approve(id, "more");
            assertThat(twice.statusCode()).isEqualTo(409);
            assertThat(twice.body()).contains("you have approved it already; another person must");
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void whatIsTooLongOrNoFormDecidesNothing() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.approve(id, "x".repeat(1_001)).statusCode()).isEqualTo(400);
            assertThat(bo.deny(id, "x".repeat(20_000)).statusCode()).isEqualTo(413);
            String url = "http://127.0.0.1";
            assertThat(bo.send(bo.request("/holds/" + id + "/deny")
                                    .header("Origin", url)
                                    .header("Sec-Fetch-Site", "same-origin")
                                    .header("Content-Type", "text/plain")
                                    .POST(BodyPublishers.ofString("token=" + bo.formToken())))
                            .statusCode())
                    .isEqualTo(415);
            assertThat(bo.send(bo.request("/holds/" + id + "/deny")
                                    .header("Sec-Fetch-Site", "same-origin")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("token=" + bo.formToken() + "&reason=%zz")))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertNoVote();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/holds/ID/approve", "/holds/ID/deny", "/logout"})
    void aFormFromElsewhereDoesNothing(String path) throws Exception {
        String to = path.replace("ID", id.text());
        try (WebClient bo = web.browser("bo");
                WebClient other = web.browser("bo")) {
            Map<String, String> right = Map.of("token", bo.formToken(), "read", "yes");
            assertThat(bo.post(to, Map.of("read", "yes")).statusCode()).isEqualTo(403);
            assertThat(bo.post(to, Map.of("read", "yes", "token", "")).statusCode())
                    .isEqualTo(403);
            assertThat(bo.post(to, Map.of("read", "yes", "token", other.formToken()))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(bo.send(bo.form(to, right)).statusCode()).isEqualTo(403);
            for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1", ""}) {
                assertThat(bo.send(bo.form(to, right).header("Origin", origin)).statusCode())
                        .as(origin)
                        .isEqualTo(403);
            }
            for (String site : new String[] {"cross-site", "same-site", ""}) {
                assertThat(bo.send(bo.form(to, right).header("Sec-Fetch-Site", site))
                                .statusCode())
                        .as(site)
                        .isEqualTo(403);
            }
            assertThat(bo.get("/").statusCode()).as("still logged in").isEqualTo(200);
        }
        assertNoVote();
    }

    @Test
    void nothingIsDecidedByLooking() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/holds/" + id + "/approve?read=yes&token=" + bo.formToken())
                            .statusCode())
                    .isIn(404, 405);
        }
        assertNoVote();
    }

    private void assertNoVote() {
        assertThat(web.holds.service.find(id).orElseThrow().votes()).isEmpty();
        assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);
    }
}
