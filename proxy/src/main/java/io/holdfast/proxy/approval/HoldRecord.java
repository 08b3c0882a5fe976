package io.holdfast.proxy.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hold as the control store keeps it. Immutable: a transition makes another one.
 *
 * @param clientWaits false: the client is gone, an approval becomes a grant
 * @param owner the proxy that has its client, counts its delay, or runs it; only that one's clock says that its time is over. Null: any
 *     proxy may say so, by the store's clock
 * @param claim names one release, so that nobody takes another one for their own; null: it was not released
 * @param votes in the order they came
 * @param opened by the store's clock
 * @param deadline when the present state ends by itself, by the store's clock; null: it does not
 * @param restorePoint taken before it ran; null: it was not released, or that is not known yet
 * @param outcome null: none yet
 * @param note why it was withdrawn; null: it was not
 * @param supervision what happens to it while it runs
 */
public record HoldRecord(
        HoldId id,
        HoldRequest request,
        HoldTerms terms,
        HoldState state,
        boolean clientWaits,
        @Nullable String owner,
        @Nullable String claim,
        List<Vote> votes,
        Instant opened,
        @Nullable Instant deadline,
        @Nullable RestorePoint restorePoint,
        @Nullable Outcome outcome,
        @Nullable String note,
        Supervision supervision) {
    public HoldRecord {
        votes = List.copyOf(votes);
    }

    /** One that has just been opened by this proxy. Nobody need count the time of one that expires without a client. */
    static HoldRecord open(
            HoldId id, HoldRequest request, HoldTerms terms, boolean clientWaits, String proxy, Instant now) {
        String owner = clientWaits || terms instanceof HoldTerms.Delayed ? proxy : null;
        return new HoldRecord(
                id,
                request,
                terms,
                HoldState.WAITING,
                clientWaits,
                owner,
                null,
                List.of(),
                now,
                now.plus(terms.limit()),
                null,
                null,
                null,
                Supervision.NONE);
    }

    boolean isOwnedBy(String proxy) {
        return proxy.equals(owner);
    }

    /** Who has released it alone; empty: nobody. */
    Optional<Vote> brokenBy() {
        return votes.stream().filter(Vote::breaksGlass).findFirst();
    }

    /** The event that approval is: it can only be used at once by a client that is still there. */
    HoldEvent approval() {
        return clientWaits ? HoldEvent.APPROVE : HoldEvent.GRANT;
    }

    /** The event that its deadline is. */
    HoldEvent timeOver() {
        return state == HoldState.WAITING && terms instanceof HoldTerms.Delayed ? approval() : HoldEvent.EXPIRE;
    }

    /**
     * After a transition, which ends whatever was due.
     *
     * @throws IllegalStateException if the event cannot happen in this state
     */
    HoldRecord on(HoldEvent event) {
        HoldState next = state.next(event)
                .orElseThrow(() -> new IllegalStateException("hold " + id + ": " + event + " while " + state.label()));
        return changed(draft -> {
            draft.state = next;
            draft.deadline = null;
        });
    }

    HoldRecord with(Vote vote) {
        List<Vote> more = new ArrayList<>(votes);
        more.add(vote);
        return changed(draft -> draft.votes = more);
    }

    /** The client does not wait for it any more. */
    HoldRecord withoutClient() {
        return changed(draft -> draft.clientWaits = false);
    }

    /** @param proxy null: nobody in particular */
    HoldRecord ownedBy(@Nullable String proxy) {
        return changed(draft -> draft.owner = proxy);
    }

    HoldRecord claimedAs(String name) {
        return changed(draft -> draft.claim = name);
    }

    HoldRecord until(Instant newDeadline) {
        return changed(draft -> draft.deadline = newDeadline);
    }

    HoldRecord marked(RestorePoint point) {
        return changed(draft -> draft.restorePoint = point);
    }

    HoldRecord ended(Outcome how) {
        return changed(draft -> draft.outcome = how);
    }

    HoldRecord noted(String why) {
        return changed(draft -> draft.note = why);
    }

    /** @param report null: it waits for no lock */
    HoldRecord withLocks(@Nullable LockReport report) {
        return changed(draft -> draft.supervision = supervision.withLocks(report));
    }

    HoldRecord cancelledBy(Cancellation who) {
        return changed(draft -> draft.supervision = supervision.cancelledBy(who));
    }

    private HoldRecord changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new HoldRecord(
                id,
                request,
                terms,
                draft.state,
                draft.clientWaits,
                draft.owner,
                draft.claim,
                draft.votes,
                opened,
                draft.deadline,
                draft.restorePoint,
                draft.outcome,
                draft.note,
                draft.supervision);
    }

    /** What may change of a hold, on the way from one record to the next. */
    private static final class Draft {
        HoldState state;
        boolean clientWaits;

        @Nullable
        String owner;

        @Nullable
        String claim;

        List<Vote> votes;

        @Nullable
        Instant deadline;

        @Nullable
        RestorePoint restorePoint;

        @Nullable
        Outcome outcome;

        @Nullable
        String note;

        Supervision supervision;

        Draft(HoldRecord before) {
            state = before.state;
            clientWaits = before.clientWaits;
            owner = before.owner;
            claim = before.claim;
            votes = before.votes;
            deadline = before.deadline;
            restorePoint = before.restorePoint;
            outcome = before.outcome;
            note = before.note;
            supervision = before.supervision;
        }
    }
}
