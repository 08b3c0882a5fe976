package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.FORWARD;

import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.VerdictKind;
import io.holdfast.proxy.statement.StatementClass;

/** Sends a unit on the leg that was found for it, unless something speaks against it at the last moment; a write is on record by then. */
final class Forwarding {
    private final SessionServices services;
    private final Conversation conversation;
    private final Sender sender;
    private final LegAlignment alignment;
    private final RowLook rows;
    private final Admission admission;
    private final Pending pending;
    private final Refusals refusals;
    private final Progress progress;
    private final ClientFacts client;

    Forwarding(
            SessionServices services,
            Conversation conversation,
            Sender sender,
            LegAlignment alignment,
            RowLook rows,
            Admission admission,
            Pending pending,
            Refusals refusals,
            Progress progress,
            ClientFacts client) {
        this.services = services;
        this.conversation = conversation;
        this.sender = sender;
        this.alignment = alignment;
        this.rows = rows;
        this.admission = admission;
        this.pending = pending;
        this.refusals = refusals;
        this.progress = progress;
        this.client = client;
    }

    /**
     * Sends the unit, or refuses it.
     *
     * @param rule that lets it pass
     * @return whether it was done; false: the unit waits, or the session is over
     */
    boolean forward(Unit unit, Leg leg, String rule) {
        if (!alignment.isDone(unit, leg)) {
            return false;
        }
        PreparedStatement changed = alignment.changed();
        if (changed != null) {
            leg.unsureOf(changed.name()); // the next use is refused, too, until it is prepared again
            return refusals.refuse(unit, "upstream", ShapeCheck.error());
        }
        if (admission.admittedBy() == null
                && unit.statementClass().compareTo(StatementClass.WRITE) >= 0
                && !services.recorder().forwards(client.identity(), unit, rule, leg.role())) {
            return progress.whenSettled() && refusals.refuse(unit, rule, ProxyError.AUDIT_UNAVAILABLE.report());
        }
        services.units().count(unit.statementClass(), leg.role().meter(), VerdictKind.FORWARD);
        pending.leaves(unit);
        long nanos = System.nanoTime();
        rows.sending(unit);
        Run run = sender.send(unit, leg, nanos);
        conversation.routes.sent(leg, run);
        admission.sent(unit, run, nanos);
        conversation.phase.on(FORWARD);
        return true;
    }
}
