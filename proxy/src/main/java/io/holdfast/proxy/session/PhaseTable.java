package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Phase.CLOSED;
import static io.holdfast.proxy.session.Phase.HELD;
import static io.holdfast.proxy.session.Phase.IDLE;
import static io.holdfast.proxy.session.Phase.RUNNING;
import static io.holdfast.proxy.session.Phase.SKIPPING;
import static io.holdfast.proxy.session.Phase.WAITING;
import static io.holdfast.proxy.session.SessionEvent.ANSWER;
import static io.holdfast.proxy.session.SessionEvent.FORWARD;
import static io.holdfast.proxy.session.SessionEvent.GONE;
import static io.holdfast.proxy.session.SessionEvent.HOLD;
import static io.holdfast.proxy.session.SessionEvent.REPLIES_DONE;
import static io.holdfast.proxy.session.SessionEvent.RESUME;
import static io.holdfast.proxy.session.SessionEvent.SKIP;
import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.protocol.frame.ProtocolViolation;

/** The session's phase, and the only writer of it. */
final class PhaseTable {
    static final Transitions<Phase, SessionEvent> TABLE = Transitions.of(Phase.class, SessionEvent.class)
            //   from      event         to           when
            .on(IDLE, FORWARD, RUNNING) //            a unit was forwarded
            .on(RUNNING, FORWARD, RUNNING) //         pipelined behind it
            .on(IDLE, ANSWER, IDLE) //                refused, nothing was due
            .on(IDLE, WAIT, WAITING) //               a leg must be opened
            .on(RUNNING, WAIT, WAITING) //            the other leg is next, or a hold: replies first
            .on(WAITING, WAIT, WAITING) //            then for a leg, then for the audit
            .on(WAITING, RESUME, IDLE) //             a name had to be settled before the message could be read
            .on(WAITING, FORWARD, RUNNING)
            .on(WAITING, ANSWER, IDLE)
            .on(WAITING, HOLD, HELD)
            .on(IDLE, HOLD, HELD)
            .on(RUNNING, HOLD, HELD) //               behind a Flush for which nothing was due
            .on(HELD, WAIT, WAITING) //               approved: audit and leg first
            .on(HELD, ANSWER, IDLE) //                denied, expired, cancelled
            .on(HELD, FORWARD, RUNNING) //            the same in a transaction: the poison is forwarded
            .on(RUNNING, REPLIES_DONE, IDLE)
            .on(IDLE, REPLIES_DONE, IDLE)
            .on(WAITING, REPLIES_DONE, WAITING)
            .on(HELD, REPLIES_DONE, HELD)
            .on(SKIPPING, REPLIES_DONE, SKIPPING)
            .on(IDLE, SKIP, SKIPPING)
            .on(RUNNING, SKIP, SKIPPING)
            .on(WAITING, SKIP, SKIPPING)
            .on(HELD, SKIP, SKIPPING)
            .on(SKIPPING, SKIP, SKIPPING)
            .on(SKIPPING, FORWARD, RUNNING) //        the Sync
            .on(SKIPPING, ANSWER, IDLE)
            .fromAny(GONE, CLOSED)
            .build();

    private Phase phase = IDLE;

    Phase phase() {
        return phase;
    }

    /**
     * Moves on.
     *
     * @throws ProtocolViolation if the pair is not in the table; the session must close
     */
    void on(SessionEvent event) {
        Phase from = phase;
        phase = TABLE.next(from, event).orElseThrow(() -> new ProtocolViolation("event: " + event + " in " + from));
    }

    /** Whether the client's next message may be looked at. */
    boolean reads() {
        return switch (phase) {
            case IDLE, RUNNING, SKIPPING -> true;
            case WAITING, HELD, CLOSED -> false;
        };
    }
}
