package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.ANSWER;
import static io.holdfast.proxy.session.SessionEvent.FORWARD;
import static io.holdfast.proxy.session.SessionEvent.SKIP;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * Answers with an error in place of a unit. What its transaction has done before must not survive it, and what the client sends
 * behind it in the same unit must not run (BYPASS P-13).
 */
final class Refusals {
    private final Conversation conversation;
    private final Sender sender;
    private final ByteBufAllocator allocator;
    private final Consumer<ByteBuf> answer;

    /** @param answer takes frames for the client */
    Refusals(Conversation conversation, Sender sender, ByteBufAllocator allocator, Consumer<ByteBuf> answer) {
        this.conversation = conversation;
        this.sender = sender;
        this.allocator = allocator;
        this.answer = answer;
    }

    /**
     * Refuses; no reply may be due.
     *
     * @param complete whether the unit ends with something that is answered by ReadyForQuery
     */
    void refuse(boolean complete, ErrorFields error) {
        Leg leg = conversation.active();
        if (leg != null && conversation.inTransaction()) {
            poison(leg, complete, error);
            return;
        }
        answer.accept(Answers.error(allocator, error));
        if (complete) {
            answer.accept(Answers.ready(allocator, TransactionStatus.IDLE));
            conversation.phase.on(ANSWER);
        } else {
            conversation.phase.on(SKIP);
        }
    }

    /**
     * Refuses a unit that was to begin a transaction block, and leaves the client in a failed one, as a server would: the statements
     * that it sends behind, at once or after the error, must not run outside of any.
     *
     * @param leg any; nothing is done there
     */
    void refuseTransaction(Leg leg, boolean complete, ErrorFields error) {
        sender.begin(leg);
        poison(leg, complete, error);
    }

    private void poison(Leg leg, boolean complete, ErrorFields error) {
        sender.poison(leg, new Poison(Answers.error(allocator, error)), complete, System.nanoTime());
        conversation.phase.on(complete ? FORWARD : SKIP);
    }

    /** Passes on what the server itself has against the unit; the server's transaction, if any, has failed already. */
    void answer(boolean complete, ErrorFields error) {
        answer.accept(Answers.error(allocator, error));
        if (complete) {
            answer.accept(Answers.ready(allocator, conversation.status()));
            conversation.phase.on(ANSWER);
        } else {
            conversation.phase.on(SKIP);
        }
    }

    /** The Sync has come up to which everything is discarded. */
    void endSkipping() {
        Leg leg = conversation.active();
        if (conversation.openRun() != null && leg != null) {
            sender.sync(leg, System.nanoTime());
            conversation.phase.on(FORWARD);
        } else {
            answer.accept(Answers.ready(allocator, conversation.status()));
            conversation.phase.on(ANSWER);
        }
    }
}
