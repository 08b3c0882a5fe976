package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.WAIT;

import org.jspecify.annotations.Nullable;

/** Finds out the types of a unit's binary values, before it is held, where the client has not declared them. */
final class ParameterTypes {
    private final Conversation conversation;
    private final Sender sender;
    private boolean asked;

    ParameterTypes(Conversation conversation, Sender sender) {
        this.conversation = conversation;
        this.sender = sender;
    }

    /**
     * Whether the server may be asked: in a transaction the question would take the locks of the statement, and keep them while people
     * think; in an open unit it would end it.
     */
    boolean mayAsk() {
        return !asked && !conversation.inTransaction() && conversation.openRun() == null;
    }

    /**
     * Whether nothing more can be found out; false: the server has been asked, and the unit is to be looked at again when it has answered.
     *
     * @param leg that the unit will go to; null: there is none
     */
    boolean areKnown(Unit unit, @Nullable Leg leg) {
        if (asked) {
            return true;
        }
        TypeQuestion question = TypeQuestion.of(unit, leg);
        if (question == null || leg == null || !mayAsk()) {
            return true;
        }
        asked = true;
        sender.ask(question, leg);
        conversation.phase.on(WAIT);
        return false;
    }

    /** Another unit is next. */
    void reset() {
        asked = false;
    }
}
