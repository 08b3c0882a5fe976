package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.protocol.message.TransactionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings the leg that a unit goes to where the session is: settings, and statements of which the client knows what they return. */
final class LegAlignment {
    private final Conversation conversation;
    private final Sender sender;

    /** What the leg has said of the unit's statements; null: it was not asked. */
    private @Nullable ShapeCheck shapes;

    LegAlignment(Conversation conversation, Sender sender) {
        this.conversation = conversation;
        this.sender = sender;
    }

    /** Whether the leg is there; false: the server has been asked, and the unit is to be looked at again when it has answered. */
    boolean isDone(Unit unit, Leg leg) {
        if (conversation.openRun() != null || !conversation.ledger.isEmpty()) {
            return true; // it was, when what is under way there began
        }
        List<byte[]> missing = conversation.journal.since(leg.settingsApplied());
        if (leg.status() == TransactionStatus.IDLE && !missing.isEmpty()) {
            sender.mirror(missing, leg);
            conversation.phase.on(WAIT);
            return false;
        }
        if (leg.status() == TransactionStatus.FAILED || unit.isQuery()) {
            return true;
        }
        ShapeCheck check = shapes == null ? ShapeCheck.of(unit, leg) : null;
        if (check == null) {
            return true;
        }
        shapes = check;
        sender.check(check, leg);
        conversation.phase.on(WAIT);
        return false;
    }

    /** A statement of the unit that returns other rows on its leg than the client was told; null: none does. */
    @Nullable
    PreparedStatement changed() {
        return shapes == null ? null : shapes.changed();
    }

    /** Another unit is next. */
    void reset() {
        shapes = null;
    }
}
