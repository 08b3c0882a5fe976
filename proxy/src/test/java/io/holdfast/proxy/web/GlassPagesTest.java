package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Vote;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Releasing alone, by a page of its own. */
class GlassPagesTest {
    private static final String WHY = "nobody answers the phone";

    @AutoClose
    private final WebFixture web = new WebFixture();

    private final HoldId id = web.holds.open(Holds.TWO);
    private final String path = "/holds/" + id + "/break-glass";

    @Test
    void theHoldLeadsThereOnlyThoseWhoMay() throws Exception {
        try (WebClient eve = web.browser("eve");
                WebClient bo = web.browser("bo")) {
            assertThat(eve.get("/holds/" + id).body())
                    .contains("href=\"" + path + '"')
                    .doesNotContain("action=\"" + path);
            assertThat(bo.get("/holds/" + id).body()).doesNotContain("break-glass");
            assertThat(bo.get(path).statusCode()).isEqualTo(403);
            assertThat(eve.get(path).body()).contains("TRUNCATE account", "Type " + id, "It cannot be taken back");
            assertThat(eve.get("/holds/H-2222/break-glass").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void itWantsTheIdAndAReason() throws Exception {
        try (WebClient eve = web.browser("eve")) {
            HttpResponse<String> unconfirmed = eve.act(path, Map.of("reason", WHY, "confirm", "yes"));
            assertThat(unconfirmed.statusCode()).isEqualTo(400);
            assertThat(unconfirmed.body()).contains("Nothing was released: type " + id, "value=\"" + WHY + '"');
            HttpResponse<String> mute = eve.act(path, Map.of("reason", "!!", "confirm", id.text()));
            assertThat(mute.statusCode()).isEqualTo(400);
            assertThat(mute.body()).contains("needs a reason that says something");
            assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);

            HttpResponse<String> done = eve.act(
                    path, Map.of("reason", WHY, "confirm", " " + id.text().toLowerCase(java.util.Locale.ROOT)));
            assertThat(done.statusCode()).isEqualTo(303);
        }
        Vote vote = web.holds.service.find(id).orElseThrow().votes().getFirst();
        assertThat(vote.breaksGlass()).isTrue();
        assertThat(vote.channel()).isEqualTo(Channel.WEB);
        assertThat(vote.reason()).isEqualTo(WHY);
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/holds/" + id).body()).contains("released by eve alone", "broke the glass", WHY);
            assertThat(bo.get("/").body()).contains("glass broken by eve");
        }
    }

    @Test
    void aFormOfSomebodyWhoMayNotReleasesNothing() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.act(path, Map.of("reason", WHY, "confirm", id.text())).statusCode())
                    .isEqualTo(403);
            assertThat(bo.post(path, Map.of("reason", WHY, "confirm", id.text()))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);
    }
}
