package io.holdfast.proxy.session;

import static io.holdfast.protocol.frame.FrameAction.COLLECT;
import static io.holdfast.protocol.frame.FrameAction.DROP;
import static io.holdfast.protocol.frame.FrameAction.FORWARD;
import static io.holdfast.protocol.frame.FrameAction.STREAM;
import static io.holdfast.protocol.frame.FrameAction.WAIT;

import io.holdfast.protocol.frame.FrameAction;
import io.holdfast.protocol.frame.FrameLimits;
import io.holdfast.protocol.frame.FramePump;
import io.holdfast.protocol.frame.FrameSink;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.FrontendTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Walks the client's frames and gathers them into units. A frame that must be read is left in place until it is whole; a unit
 * that arrived in one piece leaves as one slice of what was read.
 */
final class FrontendReader implements FrameSink {
    private static final int HEADER = 5;

    /** A unit that grows beyond this is judged in parts, so that a batch of any length needs bounded memory. */
    private static final int OPEN_UNIT_BYTES = 64 << 10;

    /** A larger Bind streams; its values cannot be shown to anybody, so it is never held. */
    private static final int STREAMED_BIND_BYTES = 1 << 20;

    /** Both names of a Bind, each at most 63 bytes and a terminator. */
    private static final int BIND_NAMES_BYTES = 128;

    /** What the reader asks and tells. */
    interface Handler {
        /** Whether the next message may be looked at. */
        boolean reads();

        /** Whether everything up to Sync is discarded. */
        boolean skips();

        /** A unit, or a part of one; the handler owns it. */
        void unit(Unit unit);

        /** Whether CopyData, CopyDone or CopyFail concerns a COPY; otherwise it is dropped, as servers do. */
        boolean copies(FrontendTag tag);

        /** Whole or partial frames of a COPY or of a streamed Bind; the handler releases them. */
        void forward(ByteBuf run);

        /** The client says goodbye. */
        void terminates();
    }

    private final Handler handler;
    private final UnitReader messages;
    private final int inspectBytes;
    private final FramePump pump = new FramePump(FrameLimits.FRONTEND);

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    /** Looks at one body after the other of what is read. */
    private final BodyView bodies = new BodyView();

    private Unit unit = new Unit();
    private int unitStart = -1;
    private FrontendTag collecting = FrontendTag.SYNC;

    /** The frame at the head was judged and has only to go, or to be dropped. */
    private boolean judged;

    /**
     * @param messages reads bodies into units
     * @param inspectBytes the longest text that is inspected
     */
    FrontendReader(Handler handler, UnitReader messages, int inspectBytes) {
        this.handler = handler;
        this.messages = messages;
        this.inspectBytes = inspectBytes;
    }

    /**
     * Consumes what can be decided and leaves the rest.
     *
     * @throws ProtocolViolation if the client breaks the protocol; the session must close
     */
    void read(ByteBuf bytes) {
        in = bytes;
        bodies.enter(bytes);
        try {
            pump.pump(bytes, this);
        } finally {
            keep(bytes.readerIndex());
            in = Unpooled.EMPTY_BUFFER;
            bodies.leave();
        }
    }

    /** Releases what was gathered. */
    void close() {
        unit.release();
        unit = new Unit();
    }

    @Override
    public FrameAction onHeader(byte code, int bodyLength) {
        if (!handler.reads()) {
            return WAIT;
        }
        FrontendTag tag = FrontendTag.of(code);
        if (tag == null) {
            throw new ProtocolViolation("message type: " + (code & 0xff));
        }
        if (judged) {
            judged = false;
            return tag == FrontendTag.BIND && !handler.skips() ? FORWARD : DROP;
        }
        if (handler.skips() && tag != FrontendTag.SYNC && tag != FrontendTag.TERMINATE) {
            return DROP;
        }
        return switch (tag) {
            case COPY_DATA, COPY_DONE, COPY_FAIL -> copy(tag);
            case QUERY, FUNCTION_CALL -> standsAlone(tag, bodyLength);
            case PARSE -> bodyLength > inspectBytes ? tooLong(tag) : gather(tag, bodyLength);
            case BIND -> bodyLength > STREAMED_BIND_BYTES ? stream(bodyLength) : gather(tag, bodyLength);
            case DESCRIBE, EXECUTE, CLOSE, SYNC, FLUSH, TERMINATE -> gather(tag, bodyLength);
            case PASSWORD -> throw new ProtocolViolation("password message outside of authentication");
        };
    }

    @Override
    public void forward(ByteBuf run) {
        handler.forward(run);
    }

    @Override
    public void collect(ByteBuf part, boolean last) {
        int end = in.readerIndex();
        switch (collecting) {
            case TERMINATE -> {
                unitStart = -1;
                handler.terminates();
            }
            case QUERY, FUNCTION_CALL, SYNC, FLUSH -> finish(end);
            case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> {
                if (unit.length() + end - unitStart > OPEN_UNIT_BYTES) {
                    finish(end);
                }
            }
            case COPY_DATA, COPY_DONE, COPY_FAIL, PASSWORD ->
                throw new IllegalStateException("collected: " + collecting);
        }
    }

    /** Leaves the frame until it is whole, then adds it to the unit. */
    private FrameAction gather(FrontendTag tag, int bodyLength) {
        int at = pump.headerIndex();
        if (in.writerIndex() - at < HEADER + bodyLength) {
            return WAIT;
        }
        int offset = unit.length() + (unitStart < 0 ? 0 : at - unitStart);
        return switch (messages.read(tag, bodies.of(at + HEADER, bodyLength), unit, offset)) {
            case LATER -> WAIT;
            case ALONE -> {
                FrameAction first = finishGathered();
                yield first == null ? gather(tag, bodyLength) : first;
            }
            case TAKEN -> {
                if (unitStart < 0) {
                    unitStart = at;
                }
                collecting = tag;
                yield COLLECT;
            }
        };
    }

    /** What was gathered goes first; null: then go on with the frame at the head. */
    private @Nullable FrameAction finishGathered() {
        finish(in.readerIndex());
        if (!handler.reads()) {
            return WAIT;
        }
        return handler.skips() ? DROP : null;
    }

    /** Query and FunctionCall are units of their own; what was gathered before them goes first. */
    private FrameAction standsAlone(FrontendTag tag, int bodyLength) {
        FrameAction first = unit.isEmpty() ? null : finishGathered();
        if (first != null) {
            return first;
        }
        return bodyLength > inspectBytes ? tooLong(tag) : gather(tag, bodyLength);
    }

    private FrameAction tooLong(FrontendTag tag) {
        messages.tooLong(tag, inspectBytes, unit);
        return judgeFirst(tag); // at once: not even its bytes are kept
    }

    /** The names decide; the values go by without being kept. */
    private FrameAction stream(int bodyLength) {
        int at = pump.headerIndex() + HEADER;
        int here = Math.min(in.writerIndex() - at, BIND_NAMES_BYTES);
        if (here < BIND_NAMES_BYTES) {
            return WAIT;
        }
        return switch (messages.readStreamedBind(bodies.of(at, here), HEADER + bodyLength, unit)) {
            case LATER -> WAIT;
            case ALONE -> {
                FrameAction first = finishGathered();
                yield first == null ? stream(bodyLength) : first;
            }
            case TAKEN -> judgeFirst(FrontendTag.BIND);
        };
    }

    private FrameAction judgeFirst(FrontendTag tag) {
        finish(in.readerIndex());
        if (!handler.reads()) {
            judged = true;
            return WAIT;
        }
        return tag == FrontendTag.BIND && !handler.skips() ? FORWARD : DROP;
    }

    private FrameAction copy(FrontendTag tag) {
        if (!unit.isEmpty()) {
            finish(in.readerIndex());
            if (!handler.reads()) {
                return WAIT;
            }
        }
        if (!handler.copies(tag)) {
            return DROP;
        }
        return tag == FrontendTag.COPY_DATA ? STREAM : FORWARD; // only another frame, or a reply, can end a COPY
    }

    private void finish(int end) {
        keep(end);
        Unit whole = unit;
        unit = new Unit();
        handler.unit(whole);
    }

    /** Bytes of the unit that are in this buffer become the unit's own. */
    private void keep(int end) {
        if (unitStart >= 0) {
            unit.append(in.retainedSlice(unitStart, end - unitStart));
            unitStart = -1;
        }
    }
}
