package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.CLEO;
import static io.holdfast.proxy.approval.Holds.DELAYED;
import static io.holdfast.proxy.approval.Holds.DEV;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proxy.approval.Decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldServiceTest {
    private static final Outcome.Completed DONE = new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(3));

    private final Holds holds = new Holds();
    private final HoldService service = holds.service;

    @Test
    void twoPersonsReleaseItAndItsOutcomeIsKept() {
        HoldId id = holds.open(TWO);

        assertThat(holds.approve(id, BO)).isInstanceOf(Decision.Accepted.class);
        assertThat(service.claim(id)).isFalse();
        assertThat(holds.approve(id, ANN)).isInstanceOf(Decision.Accepted.class);
        assertThat(service.claim(id)).isTrue();
        assertThat(service.claim(id)).isFalse();
        service.executed(id, DONE);

        HoldView view = service.find(id).orElseThrow();
        assertThat(view.state()).isEqualTo(HoldState.EXECUTED);
        assertThat(view.outcome()).isEqualTo(DONE);
        assertThat(view.votes()).extracting(Vote::person).containsExactly("bo", "ann");
        assertThat(holds.seen)
                .containsExactly(
                        "OPENED waiting",
                        "VOTED waiting",
                        "VOTED waiting",
                        "DECIDED approved",
                        "CLAIMED released",
                        "FINISHED executed");
        assertThat(holds.told).containsExactly("waiting 1 of 2", "approved 2 of 2");
        assertThat(holds.time.pending()).isZero();
    }

    @Test
    void theSamePersonTwiceIsNotTwoPersons() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);

        assertThat(refusal(holds.approve(id, BO))).isEqualTo(Reason.ALREADY_DECIDED_BY_YOU);
        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(holds.told).containsExactly("waiting 1 of 2");
    }

    @Test
    void oneDenialEndsItEvenAfterAnApproval() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        holds.deny(id, ANN);

        assertThat(holds.state(id)).isEqualTo(HoldState.DENIED);
        assertThat(refusal(holds.approve(id, CLEO))).isEqualTo(Reason.NOT_WAITING);
        assertThat(service.claim(id)).isFalse();
        assertThat(holds.told).containsExactly("waiting 1 of 2", "denied 1 of 2");
    }

    @Test
    void aDecisionThatDoesNotCountChangesNothing() {
        HoldId id = holds.open(TWO);

        assertThat(refusal(holds.approve(id, DEV))).isEqualTo(Reason.NOT_APPROVER);
        assertThat(refusal(holds.approve(new HoldId("H-ZZZZ"), BO))).isEqualTo(Reason.UNKNOWN_HOLD);
        assertThat(refusal(service.approve(id, BO, Channel.CONSOLE, "x".repeat(1_001))))
                .isEqualTo(Reason.REASON_TOO_LONG);
        assertThat(service.find(id).orElseThrow().votes()).isEmpty();
        assertThat(holds.seen).containsExactly("OPENED waiting");
    }

    @Test
    void anUndecidedHoldExpires() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);

        holds.time.pass(Duration.ofMinutes(30).minusNanos(1));
        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
        holds.time.pass(Duration.ofNanos(1));

        assertThat(holds.told).containsExactly("waiting 1 of 2", "expired 1 of 2");
        assertThat(holds.state(id)).isEqualTo(HoldState.EXPIRED);
    }

    @Test
    void anApprovalAfterTheDeadlineIsTooLateEvenIfTheTimerIsLater() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        holds.time.passSilently(Duration.ofMinutes(30));

        assertThat(refusal(holds.approve(id, ANN))).isEqualTo(Reason.NOT_WAITING);
        assertThat(holds.told).containsExactly("waiting 1 of 2", "expired 1 of 2");
    }

    @Test
    void anApprovalThatNobodyClaimsExpires() {
        HoldId id = approved();
        holds.time.passSilently(Holds.GRANT_TTL);

        assertThat(service.claim(id)).isFalse();
        assertThat(holds.state(id)).isEqualTo(HoldState.EXPIRED);
    }

    @Test
    void nothingOfAWithdrawnHoldRuns() {
        HoldId waiting = holds.open(TWO);
        HoldId approved = approved();
        service.withdraw(waiting, "client disconnected");
        service.withdraw(approved, "canceled");

        assertThat(refusal(holds.approve(waiting, BO))).isEqualTo(Reason.NOT_WAITING);
        assertThat(service.claim(waiting)).isFalse();
        assertThat(service.claim(approved)).isFalse();
        assertThat(service.find(waiting).orElseThrow().note()).isEqualTo("client disconnected");
        assertThat(holds.time.pending()).isZero();
    }

    @Test
    void aWithdrawalAfterTheClaimIsTooLate() {
        HoldId id = approved();
        assertThat(service.claim(id)).isTrue();
        service.withdraw(id, "canceled");

        assertThat(holds.state(id)).isEqualTo(HoldState.RELEASED);
    }

    @Test
    void aDelayedHoldRunsWhenTheTimeIsOver() {
        HoldId id = holds.open(DELAYED);
        assertThat(service.claim(id)).isFalse();
        holds.time.pass(Duration.ofMinutes(10));

        assertThat(holds.told).containsExactly("approved 0 of 2");
        assertThat(service.claim(id)).isTrue();
    }

    @Test
    void aDelayedHoldRunsNotIfSomebodyObjects() {
        HoldId id = holds.open(DELAYED);
        holds.deny(id, BO);
        holds.time.pass(Duration.ofMinutes(10));

        assertThat(service.claim(id)).isFalse();
        assertThat(holds.told).containsExactly("denied 0 of 2");
    }

    @Test
    void aDelayedHoldRunsNotIfItsClientIsGone() {
        HoldId id = holds.open(DELAYED);
        service.withdraw(id, "client disconnected");
        holds.time.pass(Duration.ofMinutes(10));

        assertThat(holds.state(id)).isEqualTo(HoldState.WITHDRAWN);
        assertThat(service.claim(id)).isFalse();
    }

    @Test
    void twoApprovalsEndADelayEarly() {
        HoldId id = holds.open(DELAYED);
        holds.approve(id, BO);
        assertThat(service.claim(id)).isFalse();
        holds.approve(id, ANN);

        assertThat(service.claim(id)).isTrue();
    }

    @Test
    void anOutcomeIsDueOnceAndOnlyForWhatWasReleased() {
        HoldId id = approved();
        assertThatThrownBy(() -> service.executed(id, DONE)).isInstanceOf(IllegalStateException.class);
        service.claim(id);
        service.executed(id, new Outcome.Unknown());

        assertThat(holds.state(id)).isEqualTo(HoldState.UNKNOWN_OUTCOME);
        assertThatThrownBy(() -> service.executed(id, DONE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListenerMayCallBackAndOrderIsKept() {
        List<String> order = new ArrayList<>();
        Holds other = new Holds();
        HoldId id = other.service
                .open(Holds.request("DROP TABLE t"), TWO, view -> {
                    order.add("start " + view.state().label());
                    if (view.state() == HoldState.APPROVED && other.service.claim(view.id())) {
                        other.service.executed(view.id(), DONE);
                    }
                    order.add("end " + view.state().label());
                })
                .orElseThrow()
                .id();
        other.approve(id, BO);
        other.approve(id, ANN);

        assertThat(order).containsExactly("start waiting", "end waiting", "start approved", "end approved");
        assertThat(other.seen).endsWith("DECIDED approved", "CLAIMED released", "FINISHED executed");
    }

    @Test
    void aFailingObserverKeepsNobodyElseFromBeingTold() {
        FakeTime time = new FakeTime();
        List<HoldChange> seen = new ArrayList<>();
        HoldService other = new HoldService(
                new MemoryStore(time.clock().wall()),
                Holds.GRANT_TTL,
                HoldLimits.DEFAULT,
                time.clock(),
                time.timer(),
                new Random(1),
                List.of(
                        (change, view) -> {
                            throw new IllegalStateException("expected by the test");
                        },
                        (change, view) -> seen.add(change)));

        assertThat(other.openDetached(Holds.request("DROP TABLE t"), TWO)).isPresent();
        assertThat(seen).containsExactly(HoldChange.OPENED);
    }

    @Test
    void theViewShowsTheDeadlineOnBothClocks() {
        HoldId id = holds.open(TWO);
        holds.time.pass(Duration.ofMinutes(12));

        HoldView view = service.find(id).orElseThrow();

        assertThat(view.opened()).isEqualTo("2026-03-13T09:00:00Z");
        assertThat(view.deadline()).isEqualTo("2026-03-13T09:30:00Z");
        assertThat(view.remaining()).isEqualTo(Duration.ofMinutes(18));
        assertThat(view.clientWaits()).isTrue();
    }

    private HoldId approved() {
        HoldId id = holds.open(TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);
        return id;
    }

    private static Reason refusal(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).reason();
    }
}
