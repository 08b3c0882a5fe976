package io.holdfast.protocol.message;

import org.jspecify.annotations.Nullable;

/**
 * Message types a client sends. Letters mean something else in the other direction: see {@link BackendTag}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public enum FrontendTag {
    BIND('B'),
    CLOSE('C'),
    COPY_DATA('d'),
    COPY_DONE('c'),
    COPY_FAIL('f'),
    DESCRIBE('D'),
    EXECUTE('E'),
    FLUSH('H'),
    FUNCTION_CALL('F'),
    PARSE('P'),
    /** PasswordMessage, SASLInitialResponse, SASLResponse or GSSResponse: only the authentication under way tells which. */
    PASSWORD('p'),
    QUERY('Q'),
    SYNC('S'),
    TERMINATE('X');

    private static final @Nullable FrontendTag[] BY_CODE = new @Nullable FrontendTag[256];

    static {
        for (FrontendTag tag : values()) {
            BY_CODE[tag.code] = tag;
        }
    }

    private final byte code;

    FrontendTag(char code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The type with this letter, or null. */
    public static @Nullable FrontendTag of(byte code) {
        return BY_CODE[code & 0xff];
    }
}
