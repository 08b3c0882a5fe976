package io.holdfast.proxy.testing;

import io.holdfast.protocol.message.ErrorFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A message of the server: its type and its body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(char type, byte[] body) {
    /** The SQLSTATE of an ErrorResponse; of anything else its type. */
    public String code() {
        return type == 'E' ? String.valueOf(fields().code()) : String.valueOf(type);
    }

    /** Of an ErrorResponse or NoticeResponse. */
    public String message() {
        return String.valueOf(fields().message());
    }

    private ErrorFields fields() {
        return ErrorFields.read(Unpooled.wrappedBuffer(body));
    }

    /** Letters and digits of the body, for a look at a value in it. */
    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** As it was on the wire, tag and length included. */
    public ByteBuf bytes() {
        return Unpooled.buffer(body.length + 1 + Integer.BYTES)
                .writeByte(type)
                .writeInt(body.length + Integer.BYTES)
                .writeBytes(body);
    }

    @Override
    public String toString() {
        return type == 'E' || type == 'N' ? type + " " + fields().code() + ' ' + message() : type + " " + body.length;
    }
}
