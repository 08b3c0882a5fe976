package io.holdfast.proxy.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        @Nullable String note) {
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
                null);
    }

    boolean isOwnedBy(String proxy) {
        return proxy.equals(owner);
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
        return new HoldRecord(
                id, request, terms, next, clientWaits, owner, claim, votes, opened, null, restorePoint, outcome, note);
    }

    HoldRecord with(Vote vote) {
        List<Vote> more = new ArrayList<>(votes);
        more.add(vote);
        return new HoldRecord(
                id,
                request,
                terms,
                state,
                clientWaits,
                owner,
                claim,
                more,
                opened,
                deadline,
                restorePoint,
                outcome,
                note);
    }

    /** The client does not wait for it any more. */
    HoldRecord withoutClient() {
        return new HoldRecord(
                id, request, terms, state, false, owner, claim, votes, opened, deadline, restorePoint, outcome, note);
    }

    /** @param proxy null: nobody in particular */
    HoldRecord ownedBy(@Nullable String proxy) {
        return new HoldRecord(
                id,
                request,
                terms,
                state,
                clientWaits,
                proxy,
                claim,
                votes,
                opened,
                deadline,
                restorePoint,
                outcome,
                note);
    }

    HoldRecord claimedAs(String name) {
        return new HoldRecord(
                id,
                request,
                terms,
                state,
                clientWaits,
                owner,
                name,
                votes,
                opened,
                deadline,
                restorePoint,
                outcome,
                note);
    }

    HoldRecord until(Instant newDeadline) {
        return new HoldRecord(
                id,
                request,
                terms,
                state,
                clientWaits,
                owner,
                claim,
                votes,
                opened,
                newDeadline,
                restorePoint,
                outcome,
                note);
    }

    HoldRecord marked(RestorePoint point) {
        return new HoldRecord(
                id, request, terms, state, clientWaits, owner, claim, votes, opened, deadline, point, outcome, note);
    }

    HoldRecord ended(Outcome how) {
        return new HoldRecord(
                id, request, terms, state, clientWaits, owner, claim, votes, opened, deadline, restorePoint, how, note);
    }

    HoldRecord noted(String why) {
        return new HoldRecord(
                id,
                request,
                terms,
                state,
                clientWaits,
                owner,
                claim,
                votes,
                opened,
                deadline,
                restorePoint,
                outcome,
                why);
    }
}
