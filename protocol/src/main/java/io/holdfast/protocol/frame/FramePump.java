package io.holdfast.protocol.frame;

import static io.holdfast.protocol.frame.FrameAction.COLLECT;
import static io.holdfast.protocol.frame.FrameAction.FORWARD;
import static io.holdfast.protocol.frame.FrameAction.STREAM;
import static io.holdfast.protocol.frame.FrameAction.WAIT;

import io.netty.buffer.ByteBuf;

/**
 * Walks the frames of one direction of one connection where they lie, and asks once per frame what becomes of it.
 *
 * <p>Knows bytes, not SQL. Neighbouring forwarded frames leave as one slice, so a buffer full of small rows costs one
 * write, and a frame may be larger than any buffer. However the bytes are split over calls, the sink sees the same frames
 * in the same order; only the number of slices and parts differs.
 *
 * <p>Belongs to one event loop. After an exception the connection must close.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-MESSAGE-CONCEPTS">Messaging
 *     Overview</a>
 */
public final class FramePump {
    private static final int LENGTH_FIELD = 4;
    private static final int HEADER = 1 + LENGTH_FIELD;

    private final FrameLimits limits;

    /** What becomes of the frame that {@link #remaining} belongs to. */
    private FrameAction action = FORWARD;

    /** Bytes of the current frame, or of frames that leave as one, that are still to come, headers included; 0 between frames. */
    private int remaining;

    private int headerIndex;

    public FramePump(FrameLimits limits) {
        this.limits = limits;
    }

    /**
     * Consumes what can be decided: all of {@code in} but an incomplete header, or everything from the header for which
     * the sink answered {@link FrameAction#WAIT}. Forwardable frames before a WAIT or a violation still leave.
     *
     * @throws ProtocolViolation if a length field is below 4 or above the limit, or the message type is unknown
     */
    public void pump(ByteBuf in, FrameSink sink) {
        int run = 0; // forwardable bytes from in.readerIndex()
        try {
            while (run < in.readableBytes()) {
                int at = in.readerIndex() + run;
                if (remaining == 0 && !open(in, at, sink)) {
                    break;
                }
                int here = Math.min(remaining, in.writerIndex() - at);
                remaining -= here;
                if (action == FORWARD) {
                    run += here;
                    continue;
                }
                int before = run;
                run = 0;
                emit(in, before, sink); // keeps the order
                ByteBuf part = in.readSlice(here);
                if (action == COLLECT) {
                    sink.collect(part, remaining == 0);
                }
            }
        } finally {
            emit(in, run, sink);
        }
    }

    /** Whether no frame is half done: a direction may change hands, or bytes of our own be put in between, only here. */
    public boolean atBoundary() {
        return remaining == 0;
    }

    /**
     * Where the frame lies that {@link FrameSink#onHeader} is being asked about, so that a sink can look at a body that is
     * already there.
     *
     * @return index of its tag in the pumped buffer; valid during that call
     */
    public int headerIndex() {
        return headerIndex;
    }

    /** Decides over the frame whose header is at the index; false if the header is incomplete or must wait. */
    private boolean open(ByteBuf in, int at, FrameSink sink) {
        if (in.writerIndex() - at < HEADER) {
            return false;
        }
        byte tag = in.getByte(at);
        int length = in.getInt(at + 1); // counts itself, not the tag
        int maxLength = limits.maxLength(tag);
        if (length < LENGTH_FIELD || length > maxLength) {
            throw new ProtocolViolation("length: " + length + " (expected: " + LENGTH_FIELD + ".." + maxLength + ')');
        }
        headerIndex = at;
        FrameAction next = sink.onHeader(tag, length - LENGTH_FIELD);
        if (next == WAIT) {
            return false;
        }
        action = next == STREAM ? FORWARD : next;
        remaining = length + 1;
        if (next == STREAM && remaining < in.writerIndex() - at) {
            remaining += alike(in, at + remaining, tag, maxLength);
        }
        return true;
    }

    /** Bytes of the whole frames of this type from the index on. One that is cut, or of a length that is none, gets its own question. */
    private static int alike(ByteBuf in, int from, byte tag, int maxLength) {
        int end = in.writerIndex();
        int at = from;
        while (end - at >= HEADER && in.getByte(at) == tag) {
            int length = in.getInt(at + 1);
            if (length < LENGTH_FIELD || length > maxLength || length >= end - at) {
                break;
            }
            at += length + 1;
        }
        return at - from;
    }

    private static void emit(ByteBuf in, int run, FrameSink sink) {
        if (run > 0) {
            sink.forward(in.readRetainedSlice(run));
        }
    }
}
