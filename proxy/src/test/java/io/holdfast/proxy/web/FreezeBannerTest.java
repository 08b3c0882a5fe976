package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.Holds;
import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What every page says while writes are frozen. */
class FreezeBannerTest {
    private static final String HTML = "text/html";

    @AutoClose
    private final WebFixture web = new WebFixture();

    private final HoldId id = web.holds.open(Holds.TWO);

    private List<String> paths() {
        return List.of("/", "/holds/" + id, "/history", "/sessions", "/freeze", "/nothing", "/holds/H-2222");
    }

    @Test
    void everyPageSaysWhatIsFrozenSinceWhenByWhomAndWhy() throws Exception {
        try (WebClient dev = web.browser("dev")) {
            for (String path : paths()) {
                assertThat(dev.get(path, "Accept", HTML).body()).as(path).doesNotContain("Writes are frozen in");
            }
            web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.WAIT, "shop", "the disk is full");
            web.holds.freezes.thaw(Holds.at(Holds.ANN), "shop");
            String since =
                    HoldCard.when(web.holds.freezes.now().freezes().getFirst().since());
            for (String path : paths()) {
                assertThat(dev.get(path, "Accept", HTML).body())
                        .as(path)
                        .contains("Writes are frozen in database shop</strong> since " + since + ", by <b>bo</b>")
                        .contains("the disk is full", "New writes wait for the thaw.")
                        .contains("ann has asked for the thaw; another person must, too.");
            }
        }
    }

    @Test
    void whoIsNotLoggedInIsToldNothing() throws Exception {
        web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.NOW, null, "the disk is full");
        try (WebClient nobody = web.browser()) {
            assertThat(nobody.get("/login").body()).doesNotContain("frozen", "the disk is full");
            assertThat(nobody.get("/nothing", "Accept", HTML).body()).doesNotContain("frozen", "the disk is full");
        }
    }

    @Test
    void aReasonIsTextWhateverItSays() throws Exception {
        String attack = "'\"></q></aside><script>alert(1)</script><img src=x onerror=alert(2)>\u202e";
        web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.REFUSE, "\"><script>alert(3)</script>", attack);
        try (WebClient bo = web.browser("bo")) {
            for (String path : paths()) {
                assertThat(bo.get(path, "Accept", HTML).body())
                        .as(path)
                        .contains("&lt;script&gt;alert(1)", "&lt;U+202E&gt;")
                        .doesNotContain("<script>", "<img src=x", "\u202e");
            }
        }
    }

    @Test
    void theFirstOfManyAreShownAndTheOthersCounted() throws Exception {
        for (String database : List.of("d", "a", "c", "b")) {
            web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.REFUSE, database, "reason of " + database);
        }
        web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.REFUSE, null, "reason of all");
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/").body())
                    .contains("frozen in all databases", "reason of a<", "reason of b<", "And 2 more")
                    .doesNotContain("reason of c<", "reason of d<");
            assertThat(bo.get("/freeze").body()).contains("reason of c<", "reason of d<");
        }
    }

    @Test
    void aHoldSaysWhatItsApprovalWouldDoMeanwhile() throws Exception {
        HoldId detached = web.holds.openDetached(Holds.TWO);
        try (WebClient bo = web.browser("bo")) {
            web.holds.freezes.freeze(Holds.at(Holds.ANN), FreezeMode.REFUSE, "elsewhere", "not here");
            assertThat(bo.get("/holds/" + id).body())
                    .contains("After 2 approvals")
                    .doesNotContain("Writes are frozen there");
            web.holds.freezes.freeze(Holds.at(Holds.ANN), FreezeMode.WAIT, "shop", "a moment");
            assertThat(bo.get("/holds/" + id).body())
                    .contains("once let go, it waits for the thaw, or fails")
                    .doesNotContain("After 2 approvals");
            web.holds.freezes.freeze(Holds.at(Holds.ANN), FreezeMode.REFUSE, null, "stop");
            assertThat(bo.get("/holds/" + id).body()).contains("let go before the thaw, it fails");
            assertThat(bo.get("/holds/" + detached).body()).contains("once let go, it may run after the thaw.");
        }
    }

    @Test
    void pagesThatFollowAreWoken() throws Exception {
        try (WebClient bo = web.browser("bo");
                BufferedReader lines = WebClient.lines(bo.follow())) {
            assertThat(lines.readLine()).isEqualTo("retry: 2000");
            web.holds.freezes.freeze(Holds.at(Holds.BO), FreezeMode.REFUSE, null, "stop");
            assertThat(WebClient.awaitLine(lines, "event: change")).isTrue();
            web.holds.freezes.thaw(Holds.at(Holds.BO), null);
            assertThat(WebClient.awaitLine(lines, "event: change")).isTrue();
        }
    }

    @Test
    void untilTheStoreHasAnsweredThatIsSaidAndNothingElse() throws Exception {
        try (WebFixture starting = WebFixture.withoutAnAnswerYet();
                WebClient bo = starting.browser("bo")) {
            assertThat(bo.get("/sessions").body())
                    .contains("<strong>Writes are refused.</strong> The control store has not said yet")
                    .doesNotContain("Writes are frozen in");
            starting.holds.store.down = false;
            assertThat(bo.get("/freeze").body())
                    .contains("Nothing. Writes go on")
                    .doesNotContain("has not said yet");
        }
    }
}
