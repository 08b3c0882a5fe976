package io.holdfast.proxy.audit;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditEntry.Unit;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what becomes of holds. All but one of the entries follow what has happened and are not waited for; {@link #released} must be
 * on disk before the statement is forwarded, so the session asks for it.
 */
public final class HoldAudit implements HoldObserver {
    private static final Logger log = LoggerFactory.getLogger(HoldAudit.class);

    private final AuditLog audit;
    private final InstantSource clock;

    public HoldAudit(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void observed(HoldChange change, HoldView view) {
        switch (change) {
            case OPENED ->
                offer(fill(Kind.HELD, view, requester(view), unit(view)).withNote(looksLike(view)));
            case VOTED -> offer(entry(Kind.VOTE, view));
            case GLASS_BROKEN -> offer(entry(Kind.GLASS_BROKEN, view));
            case DETACHED -> offer(entry(Kind.DETACHED, view));
            case DECIDED -> offer(entry(decision(view), view));
            case CLAIMED, MARKED -> {} // released()
            case LOCK_WAIT, LOCK_WAIT_LASTS -> offer(entry(Kind.LOCK_WAIT, view).withNote(HoldNotes.locks(view)));
            case LOCK_WAIT_OVER -> offer(entry(Kind.LOCK_FREE, view));
            case CANCELLED -> offer(entry(Kind.CANCELLED, view));
            case FINISHED -> offer(entry(Kind.OUTCOME, view));
        }
    }

    /**
     * Records that a claimed hold or a taken grant is about to be forwarded; completes when that is on disk.
     *
     * @param view with its restore point
     * @param client that runs it; with a grant it is on another session than the one that asked
     */
    public CompletionStage<Void> released(HoldView view, Client client) {
        return audit.durably(fill(Kind.RELEASED, view, client, unit(view)).withRestorePoint(view.restorePoint()));
    }

    private static @Nullable String looksLike(HoldView view) {
        String looksLike = view.request().looksLike();
        return looksLike == null ? null : "looks like " + looksLike;
    }

    private static Kind decision(HoldView view) {
        return switch (view.state()) {
            case APPROVED -> Kind.APPROVED;
            case GRANTED -> Kind.GRANTED;
            case DENIED -> Kind.DENIED;
            case EXPIRED -> Kind.EXPIRED;
            case GRANT_EXPIRED -> Kind.GRANT_EXPIRED;
            case WITHDRAWN -> Kind.WITHDRAWN;
            case WAITING -> Kind.HELD;
            case RELEASED -> Kind.RELEASED;
            case EXECUTED, FAILED, UNKNOWN_OUTCOME -> Kind.OUTCOME;
        };
    }

    private AuditEntry entry(Kind kind, HoldView view) {
        return fill(kind, view, requester(view), null);
    }

    private AuditEntry fill(Kind kind, HoldView view, Client client, @Nullable Unit unit) {
        return AuditEntry.of(clock.instant(), kind, client, unit)
                .withRule(view.request().rule())
                .withHold(view.id(), view.votes())
                .withNote(HoldNotes.of(view))
                .withOutcome(view.outcome());
    }

    private static Client requester(HoldView view) {
        HoldRequest request = view.request();
        return new Client(
                request.session(),
                request.user(),
                request.person(),
                request.address(),
                request.application(),
                request.database(),
                request.certificate());
    }

    private static Unit unit(HoldView view) {
        HoldRequest request = view.request();
        return new Unit(request.text(), request.valueTexts(), request.statementClass());
    }

    private void offer(AuditEntry entry) {
        if (!audit.offer(entry)) {
            log.error("Not on record: {} of hold {}.", entry.kind(), entry.hold());
        }
    }
}
