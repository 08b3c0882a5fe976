package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.impact.Impact;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlassMessageTest {
    private final Holds holds = new Holds();

    @Test
    void everybodyInTheChannelIsToldWhoReleasedWhatAndWhy() {
        HoldId id = holds.open(Holds.TWO);
        holds.approve(id, Holds.BO);
        holds.service.breakGlass(id, Holds.EVE, Channel.WEB, "nobody answers <!here> the phone");

        String json = GlassMessage.of(
                        holds.service.find(id).orElseThrow(),
                        new Wording(
                                HoldLinks.NONE, false, other -> false, hold -> new Impact.None("there are no servers")))
                .json(Map.of());

        assertThat(json)
                .contains("<!channel> GLASS BROKEN: " + id)
                .contains("GLASS BROKEN: " + id + " was released by one person")
                .contains("released ALONE by `eve` (web)")
                .contains("`dev` as user `dev`, `TRUNCATE TABLE` in `shop`; it needed 2, and had 1 besides.")
                .contains("TRUNCATE account")
                .contains("&lt;!here&gt;")
                .doesNotContain("<!here>", "holdfast_approve");
    }
}
