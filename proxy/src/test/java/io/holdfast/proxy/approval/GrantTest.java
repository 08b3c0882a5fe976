package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.DELAYED;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final Fingerprint SAME = Holds.fingerprint("TRUNCATE account");

    private final Holds holds = new Holds();
    private final HoldService service = holds.service;

    @Test
    void aGrantIsGoodForOneRun() {
        HoldId id = granted();

        assertThat(take()).contains(id);
        assertThat(take()).isEmpty();
        assertThat(holds.state(id)).isEqualTo(HoldState.RELEASED);
        service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(2)));
        assertThat(take()).isEmpty();
        assertThat(holds.state(id)).isEqualTo(HoldState.EXECUTED);
    }

    @Test
    void aGrantIsForThatUserPersonDatabaseAndThoseBytesOnly() {
        granted();

        assertThat(service.takeGrant("ann", "dev", "shop", SAME)).isEmpty();
        assertThat(service.takeGrant("dev", "ann", "shop", SAME)).isEmpty();
        assertThat(service.takeGrant("dev", null, "shop", SAME)).isEmpty();
        assertThat(service.takeGrant("dev", "dev", "stock", SAME)).isEmpty();
        assertThat(service.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account ")))
                .isEmpty();
        assertThat(take()).isPresent();
    }

    @Test
    void aGrantExpires() {
        HoldId id = granted();
        holds.time.passSilently(Holds.GRANT_TTL);

        assertThat(take()).isEmpty();
        assertThat(holds.state(id)).isEqualTo(HoldState.GRANT_EXPIRED);
    }

    @Test
    void beforeItIsApprovedThereIsNoGrant() {
        HoldId id = holds.openDetached(TWO);
        holds.approve(id, BO);

        assertThat(take()).isEmpty();
        holds.deny(id, ANN);
        assertThat(take()).isEmpty();
    }

    @Test
    void whileItsClientWaitsAnApprovalIsNoGrant() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);

        assertThat(take()).isEmpty();
    }

    @Test
    void aClientThatStopsWaitingLeavesAHoldThatBecomesAGrant() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        service.detach(id);
        holds.approve(id, ANN);

        assertThat(service.claim(id)).isFalse();
        assertThat(holds.told).containsExactly("waiting 1 of 2");
        assertThat(holds.seen).endsWith("DETACHED waiting", "VOTED waiting", "DECIDED granted");
        assertThat(take()).contains(id);
    }

    @Test
    void anApprovalThatCrossesTheEndOfTheWaitBecomesAGrant() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);
        service.detach(id);

        assertThat(service.claim(id)).isFalse();
        assertThat(take()).contains(id);
    }

    @Test
    void aDetachedHoldStillExpires() {
        HoldId id = holds.open(TWO);
        service.detach(id);
        holds.time.pass(Duration.ofMinutes(30));

        assertThat(holds.state(id)).isEqualTo(HoldState.EXPIRED);
        assertThat(holds.told).isEmpty();
    }

    @Test
    void aDelayThatEndsWithNobodyThereRunsNothingByItself() {
        HoldId id = holds.openDetached(DELAYED);
        holds.time.pass(Duration.ofMinutes(10));

        assertThat(holds.state(id)).isEqualTo(HoldState.GRANTED);
        assertThat(take()).contains(id);
    }

    @Test
    void askingAgainWhileItWaitsFindsTheSameHold() {
        HoldId id = holds.openDetached(TWO);

        assertThat(holds.openDetached(TWO)).isEqualTo(id);
        assertThat(holds.openDetached(DELAYED)).isNotEqualTo(id);
        assertThat(service.openDetached(Holds.request("TRUNCATE stock"), TWO)
                        .orElseThrow()
                        .id())
                .isNotEqualTo(id);
    }

    private HoldId granted() {
        HoldId id = holds.openDetached(TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);
        return id;
    }

    private Optional<HoldId> take() {
        return service.takeGrant("dev", "dev", "shop", SAME);
    }
}
