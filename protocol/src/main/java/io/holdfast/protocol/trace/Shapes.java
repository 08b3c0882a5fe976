package io.holdfast.protocol.trace;

import static io.holdfast.protocol.trace.Scalars.BYTES;
import static io.holdfast.protocol.trace.Scalars.INT16;
import static io.holdfast.protocol.trace.Scalars.INT32;
import static io.holdfast.protocol.trace.Scalars.INT8;
import static io.holdfast.protocol.trace.Scalars.LETTER;
import static io.holdfast.protocol.trace.Scalars.OID;
import static io.holdfast.protocol.trace.Scalars.TEXT;
import static io.holdfast.protocol.trace.Scalars.VALUE;
import static io.holdfast.protocol.trace.Scalars.VERSION;

import io.holdfast.protocol.trace.ListField.Count;
import io.holdfast.protocol.trace.SpecialFields.Column;
import io.holdfast.protocol.trace.SpecialFields.Constant;
import io.holdfast.protocol.trace.SpecialFields.Lettered;
import java.util.List;

/**
 * Every message of both directions. Where several have one tag, the first that fits names it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
final class Shapes {
    private static final Field FORMATS = new ListField(Count.INT16, INT16);
    private static final Field OIDS = new ListField(Count.INT16, OID);
    private static final Field VALUES = new ListField(Count.INT16, VALUE);

    static final List<Shape> FRONTEND = List.of(
            Shape.of("Bind", 'B', TEXT, TEXT, FORMATS, VALUES, FORMATS),
            Shape.of("Close", 'C', LETTER, TEXT),
            Shape.of("CopyData", 'd', BYTES),
            Shape.of("CopyDone", 'c'),
            Shape.of("CopyFail", 'f', TEXT),
            Shape.of("Describe", 'D', LETTER, TEXT),
            Shape.of("Execute", 'E', TEXT, INT32),
            Shape.of("Flush", 'H'),
            Shape.of("FunctionCall", 'F', OID, FORMATS, VALUES, INT16),
            Shape.of("Parse", 'P', TEXT, TEXT, OIDS),
            Shape.of("PasswordMessage", 'p', TEXT),
            Shape.of("SASLInitialResponse", 'p', TEXT, VALUE),
            Shape.of("SASLResponse", 'p', BYTES),
            Shape.of("Query", 'Q', TEXT),
            Shape.of("Sync", 'S'),
            Shape.of("Terminate", 'X'));

    static final List<Shape> BACKEND = List.of(
            Shape.of("AuthenticationOk", 'R', new Constant(0)),
            Shape.of("AuthenticationCleartextPassword", 'R', new Constant(3)),
            Shape.of("AuthenticationMD5Password", 'R', new Constant(5), BYTES),
            Shape.of("AuthenticationSASL", 'R', new Constant(10), new ListField(Count.TERMINATED, TEXT)),
            Shape.of("AuthenticationSASLContinue", 'R', new Constant(11), BYTES),
            Shape.of("AuthenticationSASLFinal", 'R', new Constant(12), BYTES),
            Shape.of("Authentication", 'R', INT32, BYTES),
            Shape.of("BackendKeyData", 'K', INT32, BYTES),
            Shape.of("BindComplete", '2'),
            Shape.of("CloseComplete", '3'),
            Shape.of("CommandComplete", 'C', TEXT),
            Shape.of("CopyBothResponse", 'W', INT8, FORMATS),
            Shape.of("CopyData", 'd', BYTES),
            Shape.of("CopyDone", 'c'),
            Shape.of("CopyInResponse", 'G', INT8, FORMATS),
            Shape.of("CopyOutResponse", 'H', INT8, FORMATS),
            Shape.of("DataRow", 'D', VALUES),
            Shape.of("EmptyQueryResponse", 'I'),
            Shape.of("ErrorResponse", 'E', new Lettered()),
            Shape.of("FunctionCallResponse", 'V', VALUE),
            Shape.of("NegotiateProtocolVersion", 'v', VERSION, new ListField(Count.INT32, TEXT)),
            Shape.of("NoData", 'n'),
            Shape.of("NoticeResponse", 'N', new Lettered()),
            Shape.of("NotificationResponse", 'A', INT32, TEXT, TEXT),
            Shape.of("ParameterDescription", 't', OIDS),
            Shape.of("ParameterStatus", 'S', TEXT, TEXT),
            Shape.of("ParseComplete", '1'),
            Shape.of("PortalSuspended", 's'),
            Shape.of("ReadyForQuery", 'Z', LETTER),
            Shape.of("RowDescription", 'T', new ListField(Count.INT16, new Column())));

    private Shapes() {}
}
