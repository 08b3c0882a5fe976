package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.DELAYED;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two proxies on one control store, each with a clock of its own. */
class SharedHoldsTest {
    private static final Outcome.Completed DONE = new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(3));

    private final FakeTime wall = new FakeTime();
    private final MemoryStore store = new MemoryStore(wall.clock().wall());
    private final Proxy a = new Proxy(1);
    private final Proxy b = new Proxy(2);

    private final class Proxy {
        final FakeTime time = new FakeTime();
        final List<String> seen = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        final HoldService holds;
        int news;

        Proxy(int seed) {
            holds = new HoldService(
                    store,
                    Holds.GRANT_TTL,
                    HoldLimits.DEFAULT,
                    time.clock(),
                    time.timer(),
                    new Random(seed),
                    List.of((change, view) ->
                            seen.add(change + " " + view.state().label())));
            holds.onAnyChange(() -> news++);
            holds.start();
        }

        HoldId open(HoldTerms terms) {
            return holds.open(Holds.request("TRUNCATE account"), terms, this::tell)
                    .orElseThrow()
                    .id();
        }

        void tell(HoldView view) {
            told.add(view.state().label() + " " + view.approvals() + " of " + view.approvalsNeeded());
        }

        void approve(HoldId id, Person who) {
            assertThat(holds.approve(id, who, Channel.CONSOLE, null)).isInstanceOf(Decision.Accepted.class);
        }

        HoldState state(HoldId id) {
            return holds.find(id).orElseThrow().state();
        }
    }

    @Test
    void aHoldIsDecidedAtTheOneAndReleasedAtTheOther() {
        HoldId id = b.open(TWO);
        a.approve(id, BO);
        b.holds.catchUp();
        a.approve(id, ANN);
        assertThat(a.holds.claim(id)).isFalse();
        b.holds.catchUp();

        assertThat(b.told).containsExactly("waiting 1 of 2", "approved 2 of 2");
        assertThat(b.holds.claim(id)).isTrue();
        b.holds.executed(id, DONE);
        assertThat(a.state(id)).isEqualTo(HoldState.EXECUTED);
    }

    @Test
    void observersAreToldOfEachChangeByTheProxyThatMadeItOnly() {
        HoldId id = b.open(TWO);
        a.approve(id, BO);
        a.approve(id, ANN);
        b.holds.catchUp();
        b.holds.claim(id);
        b.holds.executed(id, DONE);
        a.holds.catchUp();

        assertThat(a.seen).containsExactly("VOTED waiting", "VOTED waiting", "DECIDED approved");
        assertThat(b.seen).containsExactly("OPENED waiting", "CLAIMED released", "FINISHED executed");
    }

    @Test
    void watchersHearOfChangesAnywhereAndOfNothingElse() {
        a.holds.catchUp();
        int before = a.news;
        a.holds.catchUp();
        assertThat(a.news).isEqualTo(before);

        b.open(TWO);
        a.holds.catchUp();
        assertThat(a.news).isEqualTo(before + 1);
    }

    @Test
    void thePersonWhoHasApprovedAtTheOneIsNotAnotherAtTheOther() {
        HoldId id = b.open(TWO);
        a.approve(id, BO);

        assertThat(b.holds.approve(id, BO, Channel.HTTP, null)).isInstanceOf(Decision.Refused.class);
        assertThat(b.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void theApprovalHasItsTimeFromWhenTheProxyWithTheClientKnowsOfIt() {
        HoldId id = b.open(TWO);
        a.approve(id, BO);
        a.approve(id, ANN);
        b.holds.catchUp();
        b.time.pass(Holds.GRANT_TTL.minusNanos(1));
        assertThat(b.state(id)).isEqualTo(HoldState.APPROVED);

        b.time.pass(Duration.ofNanos(1));
        assertThat(b.state(id)).isEqualTo(HoldState.EXPIRED);
    }

    @Test
    void whatWaitsAtAProxyThatIsGoneIsWithdrawnAndWhatItRanHasNoKnownOutcome() {
        HoldId waiting = b.open(TWO);
        HoldId approved = b.open(TWO);
        HoldId running = b.open(TWO);
        for (HoldId id : List.of(approved, running)) {
            a.approve(id, BO);
            a.approve(id, ANN);
        }
        assertThat(b.holds.claim(running)).isTrue();
        bIsGone();

        assertThat(a.state(waiting)).isEqualTo(HoldState.WITHDRAWN);
        assertThat(a.holds.find(waiting).orElseThrow().note()).isEqualTo(HoldMoves.PROXY_GONE);
        assertThat(a.state(approved)).isEqualTo(HoldState.WITHDRAWN);
        assertThat(a.state(running)).isEqualTo(HoldState.UNKNOWN_OUTCOME);
        assertThat(a.seen).endsWith("DECIDED withdrawn", "DECIDED withdrawn", "FINISHED unknown outcome");
    }

    @Test
    void aProxyThatWasTakenForGoneLetsNothingRunThatHasEnded() {
        HoldId waiting = b.open(TWO);
        HoldId approved = b.open(TWO);
        a.approve(approved, BO);
        a.approve(approved, ANN);
        b.holds.catchUp();
        bIsGone();

        assertThat(b.holds.claim(approved)).isFalse();
        b.holds.tick();
        assertThat(b.told).endsWith("withdrawn 0 of 2", "withdrawn 2 of 2");
        assertThat(b.state(waiting)).isEqualTo(HoldState.WITHDRAWN);
        assertThat(a.open(TWO)).isNotNull();
    }

    @Test
    void aProxyThatBeatsIsNotGoneHoweverLate() {
        HoldId id = b.open(TWO);
        for (int i = 0; i < 5; i++) {
            a.holds.tick();
            a.time.passSilently(Leases.LEASE.minusMillis(1));
            b.holds.tick();
        }
        a.holds.tick();

        assertThat(a.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void aProxyThatStopsTakesItsWaitingHoldsAlongAndLeavesItsGrants() {
        HoldId waiting = b.open(TWO);
        HoldId granted = granted(b);
        b.holds.stop();

        assertThat(a.state(waiting)).isEqualTo(HoldState.WITHDRAWN);
        assertThat(take(a)).isTrue();
        assertThat(a.state(granted)).isEqualTo(HoldState.RELEASED);
    }

    @Test
    void aGrantIsGoodAtAnyProxyAndOnce() {
        granted(b);
        bIsGone();

        assertThat(take(a)).isTrue();
        assertThat(take(a)).isFalse();
        assertThat(take(b)).isFalse();
    }

    @Test
    void whoeverLooksSeesThatAGrantIsOverByTheClockOfTheStore() {
        HoldId id = granted(b);
        wall.passSilently(Holds.GRANT_TTL);

        assertThat(a.state(id)).isEqualTo(HoldState.GRANT_EXPIRED);
        assertThat(a.seen).containsExactly("DECIDED grant expired");
    }

    @Test
    void noClockOnTheWallEndsADelay() {
        HoldId waiting = b.open(DELAYED);
        HoldId detached = b.holds
                .openDetached(Holds.request("TRUNCATE stock"), DELAYED)
                .orElseThrow()
                .id();
        wall.passSilently(Duration.ofDays(1));
        a.holds.tick();
        b.holds.tick();
        assertThat(a.state(waiting)).isEqualTo(HoldState.WAITING);
        assertThat(a.state(detached)).isEqualTo(HoldState.WAITING);

        b.time.passSilently(Duration.ofMinutes(10));
        b.holds.tick();
        assertThat(a.state(waiting)).isEqualTo(HoldState.APPROVED);
        assertThat(a.state(detached)).isEqualTo(HoldState.GRANTED);
    }

    @Test
    void aDelayWhoseProxyIsGoneBeginsAnewAtAnother() {
        HoldId id = b.holds
                .openDetached(Holds.request("TRUNCATE stock"), DELAYED)
                .orElseThrow()
                .id();
        b.time.passSilently(Duration.ofMinutes(9));
        bIsGone();
        a.time.passSilently(Duration.ofMinutes(10).minusNanos(1));
        assertThat(a.state(id)).isEqualTo(HoldState.WAITING);

        a.time.passSilently(Duration.ofNanos(1));
        assertThat(a.state(id)).isEqualTo(HoldState.GRANTED);
    }

    @Test
    void aClaimWhoseAnswerIsLostRunsNothingAndEndsAsFailed() {
        HoldId id = b.open(TWO);
        b.approve(id, BO);
        b.approve(id, ANN);
        store.losesAnswer = true;

        assertThatThrownBy(() -> b.holds.claim(id)).isInstanceOf(StoreUnavailableException.class);
        assertThat(a.state(id)).isEqualTo(HoldState.RELEASED);
        b.holds.tick();
        assertThat(a.state(id)).isEqualTo(HoldState.FAILED);
        assertThat(b.seen).endsWith("DECIDED approved", "FINISHED failed");
    }

    @Test
    void aClaimThatNeverArrivedEndsTheHold() {
        HoldId id = b.open(TWO);
        b.approve(id, BO);
        b.approve(id, ANN);
        store.down = true;
        assertThatThrownBy(() -> b.holds.claim(id)).isInstanceOf(StoreUnavailableException.class);
        store.down = false;
        b.holds.tick();

        assertThat(a.state(id)).isEqualTo(HoldState.WITHDRAWN);
    }

    @Test
    void aGrantWhoseTakingIsLostIsUsedUpAndAnotherOneIsNotTouched() {
        HoldId lost = granted(b);
        store.losesAnswer = true;
        assertThatThrownBy(() -> take(a)).isInstanceOf(StoreUnavailableException.class);
        HoldId next = granted(b);
        assertThat(take(a)).isTrue();
        a.holds.tick();

        assertThat(a.state(lost)).isEqualTo(HoldState.FAILED);
        assertThat(a.state(next)).isEqualTo(HoldState.RELEASED);
    }

    @Test
    void aHoldWhoseOpeningIsLostIsWithdrawn() {
        store.losesAnswer = true;
        assertThatThrownBy(() -> b.open(TWO)).isInstanceOf(StoreUnavailableException.class);
        b.holds.tick();

        assertThat(a.holds.list()).extracting(HoldView::state).containsExactly(HoldState.WITHDRAWN);
    }

    @Test
    void whatHappenedWhileTheStoreWasDownIsToldWhenItIsBack() {
        HoldDesk desk = new HoldDesk(b.holds, Runnable::run);
        HoldId running = b.open(TWO);
        b.approve(running, BO);
        b.approve(running, ANN);
        b.holds.claim(running);
        HoldId waiting = b.open(TWO);
        store.down = true;
        desk.executed(running, DONE);
        desk.withdraw(waiting, "canceled");
        assertThat(desk.latest(waiting)).isPresent();
        store.down = false;
        b.holds.tick();

        assertThat(a.holds.find(running).orElseThrow().outcome()).isEqualTo(DONE);
        assertThat(a.state(waiting)).isEqualTo(HoldState.WITHDRAWN);
    }

    @Test
    void whatWaitsGoesOnWaitingWhileTheStoreIsDown() {
        HoldId id = b.open(TWO);
        store.down = true;
        b.time.pass(Duration.ofMinutes(10));
        assertThat(b.holds.latest(id).orElseThrow().remaining()).isEqualTo(Duration.ofMinutes(20));
        store.down = false;
        a.approve(id, BO);
        b.holds.tick();

        assertThat(b.told).containsExactly("waiting 1 of 2");
    }

    /** It says nothing any more for as long as others wait for that. */
    private void bIsGone() {
        a.holds.tick();
        a.time.passSilently(Leases.LEASE);
        a.holds.tick();
    }

    private static HoldId granted(Proxy proxy) {
        HoldId id = proxy.holds
                .openDetached(Holds.request("TRUNCATE account"), TWO)
                .orElseThrow()
                .id();
        proxy.approve(id, BO);
        proxy.approve(id, ANN);
        return id;
    }

    private static boolean take(Proxy proxy) {
        return proxy.holds
                .takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"))
                .isPresent();
    }
}
