package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.ANSWER;
import static io.holdfast.proxy.session.SessionEvent.FORWARD;
import static io.holdfast.proxy.session.SessionEvent.SKIP;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.Route;
import io.holdfast.proxy.metrics.VerdictKind;
import io.netty.buffer.ByteBufAllocator;

/**
 * Answers with an error in place of a unit. What its transaction has done before must not survive it, and what the client sends
 * behind it in the same unit must not run (BYPASS P-13).
 */
final class Refusals {
    /** Stands where a rule would when the client, or an approver, has taken the unit back. */
    static final String CANCEL_RULE = "cancel";

    private final SessionServices services;
    private final Conversation conversation;
    private final Sender sender;
    private final Legs legs;
    private final Admission admission;
    private final Pending pending;
    private final SessionHost host;
    private final ByteBufAllocator allocator;

    Refusals(
            SessionServices services,
            Conversation conversation,
            Sender sender,
            Legs legs,
            Admission admission,
            Pending pending,
            SessionHost host,
            ByteBufAllocator allocator) {
        this.services = services;
        this.conversation = conversation;
        this.sender = sender;
        this.legs = legs;
        this.admission = admission;
        this.pending = pending;
        this.host = host;
        this.allocator = allocator;
    }

    /** Refuses a unit that was taken back; as {@link #refuse(Unit, String, ErrorReport)}. */
    boolean cancel(Unit unit) {
        return refuse(unit, CANCEL_RULE, ProxyError.CANCELED.report());
    }

    /**
     * Refuses by a decision of ours, which goes on record; no reply may be due.
     *
     * @return whether the session goes on
     */
    boolean refuse(Unit unit, String rule, ErrorReport error) {
        services.recorder().refuses(host.identity(), unit, rule, error);
        return refuse(unit, rule, Answers.fields(error));
    }

    /** Refuses for what a server has said; as {@link #refuse(Unit, String, ErrorReport)}, but for the record. */
    boolean refuse(Unit unit, String rule, ErrorFields error) {
        services.units().count(unit.statementClass(), Route.NONE, VerdictKind.REFUSE);
        admission.refused(unit, rule, error);
        pending.drop(unit);
        if (!unit.beginsTransaction() || conversation.inTransaction()) {
            answer(unit.complete(), error);
            return true;
        }
        Leg leg = legs.any();
        if (leg == null) {
            host.lostState();
            return false;
        }
        // The client is left in a failed transaction block, as a server would leave it: the statements that it sends
        // behind,
        // at once or after the error, must not run outside of any. Which leg it is does not matter; nothing is done
        // there.
        sender.begin(leg);
        poison(leg, unit.complete(), error);
        return true;
    }

    /** Refuses what no server takes, and with it all that relies on it; as {@link #refuse(Unit, String, ErrorFields)}. */
    boolean unserved(Unit unit, String rule, ErrorFields error) {
        if (unit.changesSession()) {
            host.lostState();
            return false;
        }
        return refuse(unit, rule, error);
    }

    /** Passes on what the server itself has against the unit; the server's transaction, if any, has failed already. */
    void passOn(Unit unit, ErrorFields error) {
        pending.drop(unit);
        end(unit.complete(), error, conversation.status());
    }

    /** Discards what comes behind an error in the same unit. */
    void skip(Unit unit) {
        pending.drop(unit);
        if (!unit.endsWithSync()) {
            return;
        }
        Leg leg = conversation.active();
        if (conversation.openRun() != null && leg != null) {
            sender.sync(leg, System.nanoTime());
            conversation.phase.on(FORWARD);
        } else {
            host.answer(Answers.ready(allocator, conversation.status()));
            conversation.phase.on(ANSWER);
        }
    }

    /** @param complete whether the unit ends with something that is answered by ReadyForQuery */
    private void answer(boolean complete, ErrorFields error) {
        Leg leg = conversation.active();
        if (leg != null && conversation.inTransaction()) {
            poison(leg, complete, error);
        } else {
            end(complete, error, TransactionStatus.IDLE);
        }
    }

    private void poison(Leg leg, boolean complete, ErrorFields error) {
        sender.poison(leg, new Poison(Answers.error(allocator, error)), complete, System.nanoTime());
        conversation.phase.on(complete ? FORWARD : SKIP);
    }

    private void end(boolean complete, ErrorFields error, TransactionStatus status) {
        host.answer(Answers.error(allocator, error));
        if (complete) {
            host.answer(Answers.ready(allocator, status));
            conversation.phase.on(ANSWER);
        } else {
            conversation.phase.on(SKIP);
        }
    }
}
