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
import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.CommandComplete;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.ParameterDescription;
import io.holdfast.protocol.message.ParameterStatus;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.statement.StatementClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks what one leg's server sends and relays it. Rows go by unseen; the small frames that move the conversation on are looked
 * at where they lie, and leave with their neighbours in one slice.
 */
final class ReplyRelay implements FrameSink {
    private static final int HEADER = 5;

    /** A frame that must be read is waited for up to this size; no honest server makes larger ones. */
    private static final int PEEK_BYTES = 1 << 20;

    /** Of a longer error, this much is read: severity, code and the beginning of the message. */
    private static final int ERROR_HEAD_BYTES = 4 << 10;

    /** read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    /** What a standby answers where a primary would not; also a query cancelled because it was in replay's way. */
    private static final Set<String> RETRIED = Set.of(READ_ONLY, "0A000", "55000", "40001");

    /**
     * The routine that answers 0A000 when a table's columns have changed since a statement was prepared. A statement prepared
     * anew would answer with columns that its client does not expect.
     */
    static final String CHANGED_RESULT = "RevalidateCachedQuery";

    /** What the relay tells; called while frames are still on their way, so nothing may be written from within. */
    interface Handler {
        /** Whole or partial frames for the client; the handler releases them. */
        void relay(ByteBuf run);

        /** A whole frame for the client that may have to wait for the other leg's reply to end; a copy is made. */
        void interject(ByteBuf frame);

        /** ReadyForQuery; {@code run} is null for a request of our own. */
        void ready(Leg leg, @Nullable Run run, TransactionStatus status);

        /** Whether the client is to be told of this ParameterStatus. */
        boolean parameter(Leg leg, String name, String value);

        /** A message failed and no Sync has been sent: the client's messages are to be discarded. */
        void skips();

        /** The run failed on the follower before anything was answered; nothing may be sent behind it. */
        void retrying();

        /** The run failed on the follower before anything was answered; its ReadyForQuery has just come. */
        void retries(Unit unit);

        /** The server is about to close the connection, having said why. */
        void dying(Leg leg, boolean clientWasTold);

        /** A request of our own failed: the two legs are no longer known to be in the same state. */
        void mirrorFailed(Leg leg, String message);

        /** What the client must be told of the leg's parameters before ReadyForQuery; null: nothing. The caller releases it. */
        @Nullable
        ByteBuf news(Leg leg);
    }

    private final Leg leg;
    private final Conversation conversation;
    private final Handler handler;
    private final FramePump pump = new FramePump(FrameLimits.BACKEND);
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private final BodyView bodies = new BodyView();
    private @Nullable ByteBuf instead;
    private boolean interjects;
    private @Nullable Unit retrying;

    /** What is relayed now ends in an error that the client will not see. */
    private boolean failing;

    ReplyRelay(Leg leg, Conversation conversation, Handler handler) {
        this.leg = leg;
        this.conversation = conversation;
        this.handler = handler;
    }

    /**
     * Consumes what is there, but for a frame that must be whole and is not.
     *
     * @throws ProtocolViolation if the server breaks the protocol; the leg must close
     */
    void read(ByteBuf bytes) {
        in = bytes;
        bodies.enter(bytes);
        try {
            pump.pump(bytes, this);
        } finally {
            in = Unpooled.EMPTY_BUFFER;
            bodies.leave();
        }
    }

    /** Whether frames of ours may be put behind what was relayed. */
    boolean atBoundary() {
        return pump.atBoundary();
    }

    void close() {
        if (retrying != null) {
            retrying.release();
            retrying = null;
        }
        if (instead != null) {
            instead.release();
            instead = null;
        }
    }

    @Override
    public FrameAction onHeader(byte code, int bodyLength) {
        BackendTag tag = BackendTag.of(code);
        if (tag == null) {
            throw new ProtocolViolation("server message type: " + (code & 0xff));
        }
        if (peeked(tag) && in.writerIndex() - pump.headerIndex() < HEADER + awaited(tag, bodyLength)) {
            return WAIT;
        }
        if (conversation.active() != leg) {
            return unsolicited(tag, bodyLength);
        }
        if (Preview.preliminary(tag) && !previewed()) {
            return WAIT;
        }
        ReplyLedger ledger = conversation.ledger;
        return switch (tag) {
            case DATA_ROW, COPY_DATA -> reply(tag) == FORWARD ? STREAM : DROP; // neither moves the conversation on
            case COPY_DONE, COPY_OUT_RESPONSE, FUNCTION_CALL_RESPONSE -> reply(tag);
            case PARAMETER_DESCRIPTION -> {
                FrameAction action = reply(tag);
                noteTypes(bodyLength);
                yield action;
            }
            case ROW_DESCRIPTION, NO_DATA -> {
                FrameAction action = reply(tag);
                noteShape(tag, bodyLength);
                ledger.described(tag);
                yield action;
            }
            case COMMAND_COMPLETE, EMPTY_QUERY_RESPONSE, PORTAL_SUSPENDED -> {
                FrameAction action = reply(tag);
                noteTag(tag, bodyLength);
                ledger.executed(tag);
                yield action;
            }
            case PARSE_COMPLETE -> completes(tag, ReplyLedger.Request.PARSE);
            case BIND_COMPLETE -> completes(tag, ReplyLedger.Request.BIND);
            case CLOSE_COMPLETE -> completes(tag, ReplyLedger.Request.CLOSE);
            case COPY_IN_RESPONSE -> {
                FrameAction action = reply(tag);
                conversation.copyBegins();
                yield action;
            }
            case READY_FOR_QUERY -> ready(bodyLength);
            case ERROR_RESPONSE -> error(bodyLength);
            case PARAMETER_STATUS -> parameter(bodyLength);
            case NOTICE_RESPONSE -> retrying != null || swallowed() ? DROP : FORWARD;
            case NOTIFICATION_RESPONSE -> leg.role() == LegRole.PRIMARY ? FORWARD : DROP;
            case AUTHENTICATION, BACKEND_KEY_DATA, COPY_BOTH_RESPONSE, NEGOTIATE_PROTOCOL_VERSION ->
                throw new ProtocolViolation("server message: " + tag + " in a session");
        };
    }

    @Override
    public void forward(ByteBuf run) {
        handler.relay(run);
    }

    @Override
    public void collect(ByteBuf part, boolean last) {
        if (interjects) {
            interjects = false;
            handler.interject(part);
        } else if (instead != null) {
            handler.relay(instead);
            instead = null;
        }
    }

    /** Frames that are read, or behind which something of ours may have to be put. */
    private static boolean peeked(BackendTag tag) {
        return switch (tag) {
            case DATA_ROW, COPY_DATA, FUNCTION_CALL_RESPONSE -> false;
            case AUTHENTICATION,
                    BACKEND_KEY_DATA,
                    BIND_COMPLETE,
                    CLOSE_COMPLETE,
                    COMMAND_COMPLETE,
                    COPY_BOTH_RESPONSE,
                    COPY_DONE,
                    COPY_IN_RESPONSE,
                    COPY_OUT_RESPONSE,
                    EMPTY_QUERY_RESPONSE,
                    ERROR_RESPONSE,
                    NEGOTIATE_PROTOCOL_VERSION,
                    NO_DATA,
                    NOTICE_RESPONSE,
                    NOTIFICATION_RESPONSE,
                    PARAMETER_DESCRIPTION,
                    PARAMETER_STATUS,
                    PARSE_COMPLETE,
                    PORTAL_SUSPENDED,
                    READY_FOR_QUERY,
                    ROW_DESCRIPTION -> true;
        };
    }

    /** How much of a frame that is looked at must be there. */
    private static int awaited(BackendTag tag, int bodyLength) {
        if (bodyLength <= PEEK_BYTES) {
            return bodyLength;
        }
        return tag == BackendTag.ERROR_RESPONSE ? ERROR_HEAD_BYTES : 0;
    }

    /** Of an error that quotes megabytes, the beginning, cut within a field: what decides stands there. */
    private ByteBuf errorBody(int bodyLength) {
        if (bodyLength <= PEEK_BYTES) {
            return body(bodyLength);
        }
        int last = ERROR_HEAD_BYTES;
        ByteBuf head = body(ERROR_HEAD_BYTES);
        while (head.getByte(head.readerIndex() + last - 1) == 0 || head.getByte(head.readerIndex() + last - 2) == 0) {
            last--; // neither behind a field nor behind its letter
        }
        return Unpooled.buffer(last + 2)
                .writeBytes(head, head.readerIndex(), last)
                .writeZero(2);
    }

    private ByteBuf body(int bodyLength) {
        return bodies.of(pump.headerIndex() + HEADER, bodyLength);
    }

    private boolean swallowed() {
        ReplyLedger.Due head = conversation.ledger.head();
        return head != null && !head.relayed();
    }

    /** What becomes of a frame that answers the head of the ledger. */
    private FrameAction reply(BackendTag tag) {
        ReplyLedger.Due head = conversation.ledger.head();
        if (head == null) {
            throw new ProtocolViolation("server message: " + tag + " (due: nothing)");
        }
        if (retrying != null || failing || !head.relayed()) {
            return DROP;
        }
        Run run = conversation.running();
        if (run != null) {
            run.answers();
        }
        return FORWARD;
    }

    /** Looks ahead where the run may yet fail here and succeed elsewhere; false if it is too early to tell. */
    private boolean previewed() {
        Run run = conversation.running();
        if (failing || run == null || !run.mayRetry() || swallowed() || in.readableBytes() > PEEK_BYTES) {
            return true;
        }
        int telling = Preview.telling(in, pump.headerIndex());
        if (telling == Preview.NOT_YET) {
            return false;
        }
        if (BackendTag.of(in.getByte(telling)) == BackendTag.ERROR_RESPONSE) {
            int length = in.getInt(telling + 1);
            failing = retries(ErrorFields.read(bodies.of(telling + HEADER, length - Integer.BYTES)));
        }
        return true;
    }

    /** Whether an error that the run has ended in on this leg is answered by trying it on the other. */
    private boolean retries(ErrorFields error) {
        String code = error.code();
        return leg.role() == LegRole.FOLLOWER
                && (isLast(error) || (code != null && mayRetry(code, error)))
                && conversation.ledger.readyDue() == 1;
    }

    private FrameAction completes(BackendTag tag, ReplyLedger.Request request) {
        FrameAction action = reply(tag);
        conversation.ledger.completes(tag, request);
        return action;
    }

    private void noteShape(BackendTag tag, int bodyLength) {
        ReplyLedger.Due head = conversation.ledger.head();
        switch (head == null ? null : head.subject()) {
            case Description(var statement) -> {
                if (statement.shape() == null) { // it never changes: the server refuses a plan that returns other rows
                    statement.describedAs(shape(tag, bodyLength));
                }
            }
            case ShapeCheck.Asked asked -> asked.told(shape(tag, bodyLength));
            case null, default -> {}
        }
    }

    /** Types that the client has not declared, it learns here, and binds values of them in binary format. */
    private void noteTypes(int bodyLength) {
        ReplyLedger.Due head = conversation.ledger.head();
        PreparedStatement statement = switch (head == null ? null : head.subject()) {
            case Description(var described) -> described;
            case ShapeCheck.Asked asked -> asked.statement();
            case TypeQuestion.Asked(var asked) -> asked;
            case null, default -> null;
        };
        if (statement != null && statement.leavesTypesOpen(bodyLength / Integer.BYTES)) {
            statement.typesAre(ParameterDescription.read(body(bodyLength)).types(), leg);
        }
    }

    private RowShape shape(BackendTag tag, int bodyLength) {
        return tag == BackendTag.NO_DATA ? RowShape.NONE : RowShape.of(body(bodyLength));
    }

    private void noteTag(BackendTag tag, int bodyLength) {
        Run run = conversation.running();
        if (run != null
                && tag == BackendTag.COMMAND_COMPLETE
                && run.statementClass().compareTo(StatementClass.WRITE) >= 0) {
            run.completed(CommandComplete.read(body(bodyLength)).tag());
        }
    }

    private FrameAction ready(int bodyLength) {
        TransactionStatus status = TransactionStatus.read(body(bodyLength));
        ReplyLedger.Due due = conversation.ledger.ready();
        handler.ready(leg, due.subject() instanceof Run run ? run : null, status);
        if (retrying != null) {
            Unit unit = retrying;
            retrying = null;
            handler.retries(unit);
            return DROP;
        }
        if (!due.relayed()) {
            return DROP;
        }
        ByteBuf news = handler.news(leg);
        if (news == null) {
            return FORWARD;
        }
        instead = news.writeBytes(in, pump.headerIndex(), HEADER + bodyLength);
        return COLLECT;
    }

    private FrameAction error(int bodyLength) {
        ErrorFields fields = ErrorFields.read(errorBody(bodyLength));
        String code = fields.code() == null ? "XX000" : fields.code();
        failing = false;
        ReplyLedger.Due head = conversation.ledger.head();
        if (isLast(fields)) {
            // A follower's end need not be the client's: its read may go elsewhere.
            boolean told = leg.role() == LegRole.PRIMARY;
            handler.dying(leg, told);
            return told ? FORWARD : DROP;
        }
        if (head != null && head.subject() instanceof Poison poison) {
            instead = poison.error().retain(); // the ledger releases its own
            skipIf(conversation.ledger.failed());
            return COLLECT;
        }
        if (head != null && head.subject() instanceof SyntaxCheck check) {
            check.failed(fields);
            conversation.ledger.failed();
            return DROP;
        }
        if (head != null && (head.subject() instanceof Spare || head.subject() instanceof TypeQuestion.Asked)) {
            conversation.ledger.failed();
            return DROP;
        }
        if (head != null && head.request() == ReplyLedger.Request.QUERY && !head.relayed()) {
            handler.mirrorFailed(leg, fields.message() == null ? code : fields.message());
            return DROP;
        }
        Run run = conversation.running();
        if (run != null && head != null) {
            run.failed(code, fields.message() == null ? "" : fields.message());
            if (retries(fields)) {
                retrying = run.takeRetry();
            }
            if (retrying != null) {
                if (code.equals(READ_ONLY)) {
                    retrying.provesToWrite();
                }
                handler.retrying();
            }
            run.answers();
        }
        boolean retried = retrying != null;
        skipIf(conversation.ledger.failed());
        return retried ? DROP : FORWARD;
    }

    private void skipIf(boolean skips) {
        if (skips) {
            handler.skips();
        }
    }

    private static boolean mayRetry(String code, ErrorFields fields) {
        return RETRIED.contains(code) && !CHANGED_RESULT.equals(fields.get('R'));
    }

    private static boolean isLast(ErrorFields fields) {
        String severity = fields.severity();
        return "FATAL".equals(severity) || "PANIC".equals(severity);
    }

    private FrameAction parameter(int bodyLength) {
        ParameterStatus status = ParameterStatus.read(body(bodyLength));
        leg.parameters().put(status.name(), status.value());
        return handler.parameter(leg, status.name(), status.value()) ? FORWARD : DROP;
    }

    /** The leg has nothing to answer: the other one works, or none does. */
    private FrameAction unsolicited(BackendTag tag, int bodyLength) {
        return switch (tag) {
            case NOTICE_RESPONSE -> DROP;
            case NOTIFICATION_RESPONSE -> {
                interjects = leg.role() == LegRole.PRIMARY;
                yield interjects ? COLLECT : DROP;
            }
            case PARAMETER_STATUS -> {
                parameter(bodyLength);
                yield DROP;
            }
            case ERROR_RESPONSE -> {
                handler.dying(leg, false);
                yield DROP;
            }
            case AUTHENTICATION,
                    BACKEND_KEY_DATA,
                    BIND_COMPLETE,
                    CLOSE_COMPLETE,
                    COMMAND_COMPLETE,
                    COPY_BOTH_RESPONSE,
                    COPY_DATA,
                    COPY_DONE,
                    COPY_IN_RESPONSE,
                    COPY_OUT_RESPONSE,
                    DATA_ROW,
                    EMPTY_QUERY_RESPONSE,
                    FUNCTION_CALL_RESPONSE,
                    NEGOTIATE_PROTOCOL_VERSION,
                    NO_DATA,
                    PARAMETER_DESCRIPTION,
                    PARSE_COMPLETE,
                    PORTAL_SUSPENDED,
                    READY_FOR_QUERY,
                    ROW_DESCRIPTION -> throw new ProtocolViolation("server message: " + tag + " (due: nothing)");
        };
    }
}
