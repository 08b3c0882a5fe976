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
     * What the server is to be asked. Not in a transaction: the question would take the locks of the statement, and keep them while people
     * think. Not in an open unit: it would end it.
     *
     * @param leg that the unit will go to; null: there is none
     * @return null: nothing more can be found out
     */
    @Nullable
    TypeQuestion question(Unit unit, @Nullable Leg leg) {
        if (asked) {
            return null;
        }
        TypeQuestion question = TypeQuestion.of(unit, leg); // in any case, as it forgets what another leg has said
        return conversation.inTransaction() || conversation.openRun() != null ? null : question;
    }

    /** Asks; the unit is to be looked at again when the server has answered. */
    void ask(TypeQuestion question, Leg leg) {
        asked = true;
        sender.ask(question, leg);
        conversation.phase.on(WAIT);
    }

    /** Another unit is next. */
    void reset() {
        asked = false;
    }
}
