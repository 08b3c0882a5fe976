package io.holdfast.proxy.session;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.BackendTag;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replies still due from the leg that works, in the order in which their requests were sent. One ledger serves a session,
 * because a unit for the other leg waits until the first has answered.
 *
 * <p>It models what the server does with its input: an error in the extended protocol skips everything up to the next Sync,
 * simple queries included; a Sync sent during COPY IN is ignored.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a>
 */
final class ReplyLedger {
    /** What a request is answered with. */
    enum Request {
        /** Anything up to ReadyForQuery. */
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        SYNC,
        FUNCTION_CALL,
        /** CopyDone or CopyFail: answered by nothing, but a Sync before it is ignored and one behind it is not. */
        COPY_END
    }

    /**
     * One request whose reply is due.
     *
     * @param relayed false: made by us, the client does not see its reply
     * @param subject what the reply is about: a statement, a name, a run
     */
    record Due(Request request, boolean relayed, @Nullable Object subject) {}

    /** Told what became of the requests; called before the next one is looked at. */
    interface Listener {
        /** The request was answered as it should be. */
        void done(Due due);

        /** The server skipped the request because an earlier one of its unit failed, or it failed itself. */
        void skipped(Due due);

        /** The later run is a part of the earlier one, whose own Sync the server has ignored. */
        void joined(Run later, Run earlier);
    }

    /** What is due for a request of the client's that is about nothing in particular. */
    private static final Map<Request, Due> PLAIN = new EnumMap<>(Request.class);

    static {
        for (Request request : Request.values()) {
            PLAIN.put(request, new Due(request, true, null));
        }
    }

    private static final Due COPY_ENDED = new Due(Request.COPY_END, true, null);

    private final Listener listener;
    private final ArrayDeque<Due> queue = new ArrayDeque<>();
    /** The server has answered CopyInResponse and not yet how that ended. */
    private boolean copying;

    private boolean copyIn;

    ReplyLedger(Listener listener) {
        this.listener = listener;
    }

    void expect(Request request, boolean relayed, @Nullable Object subject) {
        Due plain = relayed && subject == null ? PLAIN.get(request) : null;
        queue.add(plain == null ? new Due(request, relayed, subject) : plain);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The request that the server answers now; null if none is due. */
    @Nullable
    Due head() {
        return queue.peek();
    }

    /** Whether the server reads COPY data now and the client has not ended it yet. */
    boolean copyIn() {
        return copyIn;
    }

    /** Whether data that the client sends may still be read by a COPY that is under way or about to begin. */
    boolean mayReadCopyData() {
        for (Due due : queue) {
            if (due.request == Request.QUERY || due.request == Request.EXECUTE) {
                return true;
            }
        }
        return false;
    }

    /** CopyDone or CopyFail goes to the server, where something due may read it. */
    void copyEnded() {
        copyIn = false;
        queue.add(COPY_ENDED);
    }

    /**
     * CopyInResponse. The server ignores a Sync that was sent before the end of the data, so nothing is due for it.
     *
     * @return the run whose end is open again, because its Sync was ignored and no later one has been sent; null: none
     */
    @Nullable
    Run copyBegins() {
        Due head = require(BackendTag.COPY_IN_RESPONSE, Request.QUERY, Request.EXECUTE);
        copying = true;
        copyIn = queue.stream().noneMatch(due -> due.request == Request.COPY_END);
        if (head.request == Request.QUERY) {
            return null;
        }
        Run reopened = null;
        boolean ended = false;
        int due = queue.size();
        for (int i = 0; i < due; i++) {
            Due next = queue.remove();
            ended |= next.request == Request.COPY_END;
            if (next.request != Request.SYNC) {
                queue.add(next);
            } else if (!ended) {
                reopened = reopened == null && next.subject instanceof Run run ? run : reopened;
            } else if (reopened != null) {
                if (next.subject instanceof Run later) {
                    listener.joined(later, reopened); // one Sync ends both
                }
                queue.add(new Due(Request.SYNC, next.relayed, reopened));
                reopened = null;
            } else {
                queue.add(next);
            }
        }
        return reopened;
    }

    /** ParseComplete, BindComplete, CloseComplete: exactly one request is answered. */
    void completes(BackendTag tag, Request request) {
        require(tag, request, request);
        pop();
    }

    /** RowDescription or NoData. */
    void described(BackendTag tag) {
        Due head = require(tag, Request.DESCRIBE, Request.QUERY);
        if (head.request == Request.DESCRIBE) {
            pop();
        }
    }

    /** CommandComplete, EmptyQueryResponse, PortalSuspended. */
    void executed(BackendTag tag) {
        Due head = require(tag, Request.EXECUTE, Request.QUERY);
        if (copying) {
            copyOver();
            queue.removeFirstOccurrence(COPY_ENDED); // one Query may hold several COPYs
        }
        if (head.request == Request.EXECUTE) {
            pop();
        }
    }

    /** ReadyForQuery; gives the request that it ends. */
    Due ready() {
        copyOver();
        Due head = head();
        if (head == null
                || (head.request != Request.QUERY
                        && head.request != Request.SYNC
                        && head.request != Request.FUNCTION_CALL)) {
            throw unexpected(BackendTag.READY_FOR_QUERY);
        }
        pop();
        return head;
    }

    /**
     * ErrorResponse.
     *
     * @return true if the server now skips and no Sync has been sent yet, so that the client's messages are to be discarded
     */
    boolean failed() {
        copyOver();
        Due head = head();
        if (head == null) {
            return false;
        }
        return switch (head.request) {
            case QUERY, SYNC, FUNCTION_CALL, COPY_END -> false;
            case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> {
                for (Due due = head(); due != null && due.request != Request.SYNC; due = head()) {
                    queue.remove();
                    listener.skipped(due);
                }
                yield queue.isEmpty();
            }
        };
    }

    /** How many ReadyForQuery the client is still to be sent. */
    int readyDue() {
        return (int) queue.stream()
                .filter(due -> due.relayed
                        && (due.request == Request.QUERY
                                || due.request == Request.SYNC
                                || due.request == Request.FUNCTION_CALL))
                .count();
    }

    /** Forgets everything, because the leg is gone. */
    void clear() {
        copyOver();
        for (Due due = queue.poll(); due != null; due = queue.poll()) {
            listener.skipped(due);
        }
    }

    private void copyOver() {
        copying = false;
        copyIn = false;
    }

    private void dropCopyEnds() {
        for (Due head = head(); head != null && head.request == Request.COPY_END; head = head()) {
            queue.remove();
        }
    }

    private void pop() {
        listener.done(queue.remove());
        dropCopyEnds();
    }

    private Due require(BackendTag tag, Request one, Request other) {
        Due head = head();
        if (head == null || (head.request != one && head.request != other)) {
            throw unexpected(tag);
        }
        return head;
    }

    private ProtocolViolation unexpected(BackendTag tag) {
        Due head = head();
        return new ProtocolViolation(
                "server message: " + tag + " (due: " + (head == null ? "nothing" : head.request.toString()) + ')');
    }
}
