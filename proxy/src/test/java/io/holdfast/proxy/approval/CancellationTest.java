package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.CLEO;
import static io.holdfast.proxy.approval.Holds.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Decision.Reason;
import io.holdfast.proxy.approval.LockReport.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people and locks do to a statement that runs. */
class CancellationTest {
    private static final Instant SINCE = Instant.parse("2026-03-13T08:59:00Z");

    private final Holds holds = new Holds();
    private final List<String> ended = new ArrayList<>();
    private final ReleasedRuns runs = new ReleasedRuns();
    private final LockAlarms alarms =
            new LockAlarms(holds.service, runs, holds.time.clock().nanoTime());

    @Test
    void anApproverEndsWhatRunsAndTheOutcomeKeepsWhoDid() {
        holds.service.onCancel(this::ends);
        HoldId id = running();

        assertThat(holds.service.cancel(id, CLEO, Channel.SLACK, "wrong time")).isInstanceOf(Decision.Accepted.class);

        assertThat(ended).containsExactly(id + " by cleo");
        assertThat(holds.state(id)).isEqualTo(HoldState.RELEASED);
        holds.service.executed(id, new Outcome.Failed("57014", "canceling statement", Duration.ofSeconds(42)));
        assertThat(view(id).supervision().cancellation())
                .isEqualTo(new Cancellation(
                        "cleo", "wrong time", holds.time.clock().wall().instant(), Channel.SLACK));
        assertThat(holds.seen).endsWith("CANCELLED released", "FINISHED failed");
    }

    @Test
    void onlyApproversCancelAndOnlyWhatRunsAndOnlyOnce() {
        HoldId waiting = holds.open(Holds.TWO);
        HoldId id = running();

        assertThat(refusal(id, DEV, null)).isEqualTo(Reason.NOT_APPROVER);
        assertThat(refusal(waiting, BO, null)).isEqualTo(Reason.NOT_RUNNING);
        assertThat(refusal(new HoldId("H-2222"), BO, null)).isEqualTo(Reason.UNKNOWN_HOLD);
        assertThat(refusal(id, BO, "x".repeat(1_001))).isEqualTo(Reason.REASON_TOO_LONG);
        assertThat(refusal(id, BO, null)).isNull();
        assertThat(refusal(id, ANN, null)).isEqualTo(Reason.NOT_RUNNING);
        holds.service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(3)));
        assertThat(refusal(id, BO, null)).isEqualTo(Reason.NOT_RUNNING);
        assertThat(holds.state(id)).isEqualTo(HoldState.EXECUTED);
    }

    @Test
    void theProxyThatRunsItHearsOfACancelAtAnotherOne() {
        holds.service.onCancel(this::ends);
        HoldId id = running();
        HoldService other = other();
        other.onCancel(view -> ended.add("elsewhere"));

        assertThat(other.cancel(id, BO, Channel.WEB, null)).isInstanceOf(Decision.Accepted.class);
        assertThat(ended).isEmpty();
        holds.service.catchUp();

        assertThat(ended).containsExactly(id + " by bo");
    }

    @Test
    void aCancelThatCameBeforeTheSessionKnewItsHoldIsToldAgain() {
        HoldId id = running();
        holds.service.cancel(id, BO, Channel.CONSOLE, null);
        holds.service.onCancel(this::ends);

        holds.service.marked(id, new RestorePoint.None("no answer"));

        assertThat(ended).containsExactly(id + " by bo");
    }

    @Test
    void whoeverLosesTheAnswerMayTryAgain() {
        holds.service.onCancel(this::ends);
        HoldId id = running();
        holds.store.losesAnswer = true;
        try {
            holds.service.cancel(id, BO, Channel.CONSOLE, null);
        } catch (StoreUnavailableException e) {
            assertThat(ended).isEmpty();
        }

        assertThat(refusal(id, BO, null)).isEqualTo(Reason.NOT_RUNNING);

        assertThat(ended).containsExactly(id + " by bo");
    }

    @Test
    void anAlarmIsSeenByAllAndEndsWithTheStatement() {
        HoldId id = running();
        FakeRun run = begin(id);

        alarms.seen(run, waiting());
        assertThat(run.told).singleElement().asString().contains(id + " waits for a lock for 12s", "pid 123 (bo, psql");
        holds.time.pass(Duration.ofSeconds(5));
        LockReport seen = other().find(id).orElseThrow().supervision().locks();
        assertThat(seen)
                .isInstanceOfSatisfying(
                        Waiting.class, waiting -> assertThat(waiting.waited()).isEqualTo(Duration.ofSeconds(17)));
        assertThat(alarms.raised()).isEqualTo(1);

        holds.service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofSeconds(20)));
        assertThat(view(id).supervision().locks()).isNull();
        assertThat(holds.seen).endsWith("LOCK_WAIT released", "FINISHED executed");
    }

    @Test
    void whatHasEndedMakesNoAlarm() {
        HoldId id = running();
        FakeRun run = begin(id);
        runs.end(run);

        alarms.seen(run, waiting());

        assertThat(run.told).isEmpty();
        assertThat(alarms.raised()).isZero();
        assertThat(holds.seen).doesNotContain("LOCK_WAIT released");
    }

    @Test
    void anAlarmThatTheStoreCouldNotTakeIsGivenToItLaterAndTheClientIsToldOnce() {
        HoldId id = running();
        FakeRun run = begin(id);
        holds.store.down = true;
        alarms.seen(run, waiting());
        assertThat(holds.seen).doesNotContain("LOCK_WAIT released");
        holds.store.down = false;

        alarms.seen(run, waiting());

        assertThat(run.told).hasSize(1);
        assertThat(holds.seen).endsWith("LOCK_WAIT released");
    }

    @Test
    void thatItCannotBeToldIsShownAndAlarmsNobody() {
        HoldId id = running();
        FakeRun run = begin(id);

        alarms.seen(run, new LockReport.Unknown("a pooler stands in between", null));

        assertThat(run.told).isEmpty();
        assertThat(view(id).supervision().locks())
                .isEqualTo(new LockReport.Unknown("a pooler stands in between", null));
        assertThat(holds.seen).endsWith("CLAIMED released");
    }

    private FakeRun begin(HoldId id) {
        FakeRun run = new FakeRun(id);
        runs.begin(run);
        return run;
    }

    private static Waiting waiting() {
        return new Waiting(
                "AccessExclusiveLock on relation public.account",
                SINCE,
                Duration.ofSeconds(12),
                SINCE,
                List.of(new Blocker(123, "bo", "psql", "local", "idle in transaction", SINCE, "SELECT 1")),
                0);
    }

    private HoldService other() {
        return new HoldService(
                holds.store,
                Holds.GRANT_TTL,
                HoldLimits.DEFAULT,
                holds.time.clock(),
                holds.time.timer(),
                new Random(1),
                List.of());
    }

    private HoldId running() {
        HoldId id = holds.open(Holds.TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);
        assertThat(holds.service.claim(id)).isTrue();
        return id;
    }

    private void ends(HoldView view) {
        Cancellation who = view.supervision().cancellation();
        ended.add(view.id() + " by " + (who == null ? "nobody" : who.person()));
    }

    private HoldView view(HoldId id) {
        return holds.service.find(id).orElseThrow();
    }

    private @Nullable Reason refusal(HoldId id, Person who, @Nullable String reason) {
        return holds.service.cancel(id, who, Channel.CONSOLE, reason) instanceof Decision.Refused refused
                ? refused.reason()
                : null;
    }
}
