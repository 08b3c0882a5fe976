package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.testing.Chromium;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page while the control store does not answer. */
class StoreAwayTest {
    private static final Map<String, String> FREEZE =
            Map.of("scope", "all", "mode", "refuse", "reason", "the disk is full", "mean", "yes");

    @AutoClose
    private final WebFixture web = new WebFixture();

    private final HoldId id = web.holds.open(Holds.TWO);

    @ParameterizedTest
    @ValueSource(strings = {"/", "/history", "/holds/ID", "/freeze"})
    void aPageSaysThatNothingWasDecided(String path) throws Exception {
        try (WebClient bo = web.browser("bo")) {
            web.holds.freezes.freeze(Holds.at(Holds.ANN), FreezeMode.REFUSE, "shop", "the disk is full");
            web.holds.store.down = true;
            HttpResponse<String> answer = bo.get(path.replace("ID", id.text()));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(answer.body())
                    .contains("The control store does not answer", "Nothing was decided, frozen or thawed by this.")
                    .as("what it said last counts")
                    .contains("Writes are frozen in database shop");

            web.holds.store.down = false;
            assertThat(bo.get(path.replace("ID", id.text())).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sessionsAndTheLoginNeedNoStore() throws Exception {
        web.holds.store.down = true;
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/sessions").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDecisionThatDidNotReachItIsNone() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String token = bo.formToken();
            web.holds.store.down = true;
            HttpResponse<String> answer =
                    bo.post("/holds/" + id + "/approve", Map.of("reason", "fine", "read", "yes", "token", token));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("Nothing was decided");
            web.holds.store.down = false;
        }
        assertThat(web.holds.service.find(id).orElseThrow().votes()).isEmpty();
    }

    @Test
    void aDecisionWhoseAnswerIsLostIsNotShownAsDone() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String token = bo.formToken();
            web.holds.store.losesAnswer = true;
            HttpResponse<String> answer = bo.post("/holds/" + id + "/deny", Map.of("reason", "no", "token", token));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("Not known whether this counted", "do not take it for done", "The page of the hold tells")
                    .doesNotContain("Nothing was decided");
            assertThat(bo.get("/holds/" + id).body()).contains("denied");
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.DENIED);
    }

    @Test
    void aFreezeOrThawWhoseAnswerIsLostIsNotShownAsDone() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            web.holds.store.losesAnswer = true;
            assertUnknown(bo.act("/freeze", FREEZE));
            assertThat(bo.get("/freeze").body()).contains("the disk is full");

            String since = web.holds.freezes.now().freezes().getFirst().since().toString();
            web.holds.store.losesAnswer = true;
            assertUnknown(bo.act("/freeze/thaw", Map.of("database", "", "since", since)));
            assertThat(bo.get("/freeze").body()).contains("You have asked for the thaw");
        }
    }

    @Test
    void aFreezeOrThawThatDidNotReachItIsNone() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String token = bo.formToken();
            web.holds.store.down = true;
            Map<String, String> form = new HashMap<>(FREEZE);
            form.put("token", token);
            assertNothingDone(bo.post("/freeze", form));
            assertNothingDone(
                    bo.post("/freeze/thaw", Map.of("database", "", "since", "2026-03-13T08:00:00Z", "token", token)));
            web.holds.store.down = false;
            assertThat(bo.get("/freeze").body()).contains("Nothing. Writes go on");
        }
    }

    private static void assertNothingDone(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("Nothing was decided, frozen or thawed by this.")
                .doesNotContain("Not known");
    }

    private static void assertUnknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Not known whether this counted", "The page of the freezes tells");
    }

    /** What is shown may be old, and must not look as if it were not. */
    @Test
    void aPageThatFollowsSaysThatItCannot() {
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.open(web.url());
            Story.logIn(page, "bo");
            PlaywrightAssertions.assertThat(page.locator("[data-pulse]")).hasText("Live");
            web.holds.store.down = true;
            web.live.changed();
            PlaywrightAssertions.assertThat(page.locator("[data-pulse]")).hasText("Not up to date");
            PlaywrightAssertions.assertThat(page.locator(".card")).containsText(id.text());
            web.holds.store.down = false;
            PlaywrightAssertions.assertThat(page.locator("[data-pulse]"))
                    .hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(30_000));
        }
    }

    @Test
    void aPageThatCouldNotBeShownIsShownWhenTheStoreIsBackAndFollowsAgain() {
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.open(web.url());
            Story.logIn(page, "bo");
            web.holds.store.down = true;
            page.reload();
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("The control store does not answer");
            web.holds.store.down = false;
            PlaywrightAssertions.assertThat(page.locator(".card"))
                    .containsText(id.text(), new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
            PlaywrightAssertions.assertThat(page.locator("[data-pulse]")).hasText("Live");
        }
    }

    @Test
    void programsGetTheAnswerThatTheyHad() throws Exception {
        web.holds.store.down = true;
        try (WebClient bo = web.browser()) {
            HttpResponse<String> answer = bo.get("/api/holds", "Accept", "text/html", "Authorization", "Bearer hf_bo");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"error\":\"the control store is not available\"}\n");
        }
    }
}
