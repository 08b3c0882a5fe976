package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.DELAYED;
import static io.holdfast.proxy.approval.Holds.DEV;
import static io.holdfast.proxy.approval.Holds.EVE;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.holdfast.config.Protect.BreakGlass;
import io.holdfast.proxy.approval.Decision.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person releases alone what waits for two (BYPASS A-14). */
class BreakGlassTest {
    private static final String WHY = "the disk is full, nobody answers";

    private final Holds holds = new Holds();

    @Test
    void whoMayReleasesAloneAndItIsTheirVoteThatIsOnRecord() {
        HoldId id = holds.open(TWO);

        assertThat(breaks(id, EVE)).isNull();
        assertThat(holds.seen).containsExactly("OPENED waiting", "GLASS_BROKEN waiting", "DECIDED approved");
        assertThat(holds.told).containsExactly("approved 1 of 2");
        HoldView hold = holds.service.find(id).orElseThrow();
        assertThat(hold.votes())
                .extracting(Vote::person, Vote::kind, Vote::reason, Vote::channel)
                .containsExactly(tuple("eve", Vote.Kind.BREAK_GLASS, WHY, Channel.CONSOLE));
        assertThat(hold.brokenBy()).contains(hold.votes().getFirst());
        assertThat(holds.service.claim(id)).isTrue();
    }

    @Test
    void anOrdinaryApprovalOfTheSamePersonReleasesNothing() {
        HoldId id = holds.open(TWO);
        holds.approve(id, EVE);

        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(breaks(id, EVE)).isNull();
        assertThat(holds.service.find(id).orElseThrow().approvals()).isEqualTo(1);
    }

    @Test
    void whoAsksMayToo() {
        HoldId own = holds.service
                .openDetached(Holds.request("eve_batch", "eve", "TRUNCATE account"), TWO)
                .orElseThrow()
                .id();

        assertThat(holds.approve(own, EVE)).isInstanceOf(Decision.Refused.class);
        assertThat(breaks(own, EVE)).isNull();
        assertThat(holds.state(own)).isEqualTo(HoldState.GRANTED);
    }

    @Test
    void nobodyElseMay() {
        HoldId id = holds.open(TWO);

        assertThat(breaks(id, BO)).isEqualTo(Reason.NOT_GLASS_BREAKER);
        assertThat(breaks(id, DEV)).isEqualTo(Reason.NOT_GLASS_BREAKER);
        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(holds.seen).containsExactly("OPENED waiting");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", "........", "prod", "aaaaaaaaaaaa", "because"})
    void aReasonThatSaysNothingIsNone(@Nullable String reason) {
        HoldId id = holds.open(TWO);

        assertThat(breaks(id, EVE, reason)).isEqualTo(Reason.NO_REASON);
        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void aReasonMayBeInAnyScriptAndNoNovel() {
        assertThat(breaks(holds.open(TWO), EVE, "\u78c1\u76d8\u5df2\u6ee1\u65e0\u4eba\u5e94\u7b54"))
                .isNull();
        assertThat(breaks(holds.open(TWO), EVE, WHY.repeat(40))).isEqualTo(Reason.REASON_TOO_LONG);
    }

    @Test
    void onePersonMayTwiceWithinAnHourWhateverBecomesOfTheHolds() {
        assertThat(breaks(holds.open(TWO), EVE)).isNull();
        holds.time.pass(Duration.ofMinutes(20));
        HoldId second = holds.open(TWO);
        assertThat(breaks(second, EVE)).isNull();
        holds.service.withdraw(second, "gone");

        HoldId third = holds.open(TWO);
        assertThat(breaks(third, EVE)).isEqualTo(Reason.GLASS_TOO_OFTEN);
        holds.time.pass(Duration.ofMinutes(29));
        assertThat(breaks(third, EVE)).isEqualTo(Reason.GLASS_TOO_OFTEN);
        assertThat(holds.state(third)).isEqualTo(HoldState.WAITING);
        holds.time.pass(Duration.ofMinutes(12));
        assertThat(breaks(holds.open(TWO), EVE)).isNull(); // the first is more than an hour ago
        assertThat(breaks(holds.open(TWO), EVE)).isEqualTo(Reason.GLASS_TOO_OFTEN);
    }

    @Test
    void holdsThatAreForgottenStillCount() {
        Holds few = new Holds(new HoldLimits(9, 9, 1, 1_000, 1_000, 100));
        for (int i = 0; i < 2; i++) {
            HoldId id = few.open(TWO);
            few.service.breakGlass(id, EVE, Channel.HTTP, WHY);
            few.service.withdraw(id, "gone");
            few.deny(few.open(TWO), BO);
        }

        assertThat(few.service.list()).hasSize(1);
        assertThat(few.service.breakGlass(few.open(TWO), EVE, Channel.HTTP, WHY))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void theConfigurationSaysHowOften() {
        Holds once = new Holds(HoldLimits.DEFAULT.with(new BreakGlass(1, Duration.ofMinutes(1))));
        once.service.breakGlass(once.open(TWO), EVE, Channel.HTTP, WHY);

        assertThat(once.service.breakGlass(once.open(TWO), EVE, Channel.HTTP, WHY))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void whatIsReleasedAloneMustBeUsedSoonerThanAnApproval() {
        HoldId waits = holds.open(TWO);
        HoldId detached = holds.openDetached(TWO);
        breaks(waits, EVE);
        breaks(detached, EVE);
        holds.time.pass(Duration.ofMinutes(10));

        assertThat(holds.service.claim(waits)).isFalse();
        assertThat(holds.state(waits)).isEqualTo(HoldState.EXPIRED);
        assertThat(holds.state(detached)).isEqualTo(HoldState.GRANT_EXPIRED);
        assertThat(Duration.ofMinutes(10)).isLessThan(Holds.GRANT_TTL);
    }

    @Test
    void whileWritesAreFrozenThereNobodyIsAlone() {
        HoldId id = holds.open(TWO);
        holds.freezes.freeze(Holds.at(BO), FreezeMode.WAIT, "shop", "restoring");
        assertThat(breaks(id, EVE)).isEqualTo(Reason.WRITES_FROZEN);

        holds.freezes.thaw(Holds.at(BO), "shop");
        holds.freezes.thaw(Holds.at(ANN), "shop");
        holds.freezes.freeze(Holds.at(BO), FreezeMode.REFUSE, "elsewhere", "restoring");
        assertThat(breaks(id, EVE)).isNull();
    }

    @Test
    void onlyWhatWaitsIsReleased() {
        HoldId denied = holds.open(TWO);
        holds.deny(denied, ANN);
        HoldId delayed = holds.open(DELAYED);

        assertThat(breaks(denied, EVE)).isEqualTo(Reason.NOT_WAITING);
        assertThat(holds.state(denied)).isEqualTo(HoldState.DENIED);
        assertThat(breaks(new HoldId("H-2222"), EVE)).isEqualTo(Reason.UNKNOWN_HOLD);
        assertThat(breaks(delayed, EVE)).isNull();
        assertThat(holds.state(delayed)).isEqualTo(HoldState.APPROVED);
    }

    @Test
    void aSecondProxyFindsItDoneAndItsCountTheSame() {
        FakeTime time = new FakeTime();
        HoldService other = new HoldService(
                holds.store, Holds.GRANT_TTL, HoldLimits.DEFAULT, time.clock(), time.timer(), new Random(7), List.of());
        HoldId id = holds.open(TWO);
        assertThat(breaks(id, EVE)).isNull();
        holds.seen.clear();

        assertThat(other.breakGlass(id, EVE, Channel.HTTP, WHY))
                .isEqualTo(new Decision.Refused(Reason.NOT_WAITING, "hold " + id + " is approved"));
        assertThat(other.breakGlass(holds.open(TWO), EVE, Channel.HTTP, WHY)).isInstanceOf(Decision.Accepted.class);
        assertThat(breaks(holds.open(TWO), EVE)).isEqualTo(Reason.GLASS_TOO_OFTEN);
        assertThat(holds.seen).doesNotContain("GLASS_BROKEN waiting");
    }

    private @Nullable Reason breaks(HoldId id, Person who) {
        return breaks(id, who, WHY);
    }

    /** Null: it is released. */
    private @Nullable Reason breaks(HoldId id, Person who, @Nullable String reason) {
        return switch (holds.service.breakGlass(id, who, Channel.CONSOLE, reason)) {
            case Decision.Accepted accepted -> null;
            case Decision.Refused(var why, var message) -> why;
        };
    }
}
