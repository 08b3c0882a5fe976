package io.holdfast.proxy.chaos;

import io.holdfast.protocol.message.ErrorFields;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A message of the server: its type and its body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(char type, byte[] body) {
    /** The SQLSTATE of an ErrorResponse; of anything else its type. */
    String code() {
        return type == 'E' ? String.valueOf(fields().code()) : String.valueOf(type);
    }

    String message() {
        return String.valueOf(fields().message());
    }

    private ErrorFields fields() {
        return ErrorFields.read(Unpooled.wrappedBuffer(body));
    }

    /** Letters and digits of the body, for a look at a value in it. */
    String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return type == 'E' || type == 'N' ? type + " " + fields().code() + ' ' + message() : type + " " + body.length;
    }
}
