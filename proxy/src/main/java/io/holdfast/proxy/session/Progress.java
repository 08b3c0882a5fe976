package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.WAIT;

import java.util.concurrent.TimeUnit;

/**
 * Whether the first pending unit may be looked at, or waits: for replies that are due, or for something that is under way and calls back.
 */
final class Progress {
    private final Conversation conversation;
    private final Sender sender;
    private final SessionHost host;
    private final SessionLoop loop;
    private final Runnable advance;

    /** Something that the unit needs is under way. */
    private boolean suspended;

    /** @param advance looks at the first pending unit again */
    Progress(Conversation conversation, Sender sender, SessionHost host, SessionLoop loop, Runnable advance) {
        this.conversation = conversation;
        this.sender = sender;
        this.host = host;
        this.loop = loop;
        this.advance = advance;
    }

    boolean isSuspended() {
        return suspended;
    }

    /** Nothing moves until {@link #goOn()}. */
    void suspend() {
        suspended = true;
        conversation.phase.on(WAIT);
    }

    /** What was under way is there. */
    void goOn() {
        suspended = false;
        advance.run();
        host.proceed();
    }

    /** Nothing moves for so long. */
    void pause(int millis) {
        suspend();
        loop.schedule(this::goOn, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether no reply is due; if one is, it is waited for. */
    boolean whenSettled() {
        if (host.settled()) {
            return true;
        }
        await();
        return false;
    }

    /** Waits for the replies that are due; those of an open unit the server may be keeping back. */
    void await() {
        boolean first = conversation.phase.phase() != Phase.WAITING;
        conversation.phase.on(WAIT);
        Leg leg = conversation.active();
        if (first && conversation.openRun() != null && leg != null) {
            sender.flush(leg);
        }
    }
}
