package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** Binds values to a prepared statement. The names are read at once, the values when asked for. */
public final class BindMessage {
    private final String portal;
    private final String statement;
    private final ByteBuf body;
    private final int valuesAt;

    private BindMessage(String portal, String statement, ByteBuf body, int valuesAt) {
        this.portal = portal;
        this.statement = statement;
        this.body = body;
        this.valuesAt = valuesAt;
    }

    /**
     * Reads the names.
     *
     * @param body valid, and as it is, for as long as the values may be asked for
     * @throws ProtocolViolation if a name has no end
     */
    public static BindMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        return new BindMessage(in.name(), in.name(), body, body.writerIndex() - in.remaining());
    }

    /** Byte for byte as ISO-8859-1; empty for the unnamed one. */
    public String portal() {
        return portal;
    }

    /** Byte for byte as ISO-8859-1; empty for the unnamed one. */
    public String statement() {
        return statement;
    }

    /** Everything behind the names, not yet checked; a non-retained slice of the body. */
    public ByteBuf rest() {
        return body.slice(valuesAt, body.writerIndex() - valuesAt);
    }

    /**
     * Reads and checks formats and values.
     *
     * @throws ProtocolViolation if a count or a length does not fit, or the fields do not fill the body exactly
     */
    public Arguments arguments() {
        ByteBuf rest = rest();
        BodyReader in = new BodyReader(rest);
        int[] formats = Fields.formatList(in);
        ValueList values = ValueList.read(in, rest);
        int[] resultFormats = Fields.formatList(in);
        in.end();
        return new Arguments(formats, values, resultFormats);
    }

    /**
     * As {@link #arguments()} for those who do not want to know the values, and without garbage.
     *
     * @throws ProtocolViolation as there
     */
    public void check() {
        BodyReader in = new BodyReader(body);
        in.skip(valuesAt - body.readerIndex());
        int formats = Fields.skipFormats(in);
        int values = ValueList.skip(in);
        Fields.skipFormats(in);
        in.end();
        Arguments.checkFormats(formats, values);
    }
}
