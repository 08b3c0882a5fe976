package io.holdfast.protocol.message;

import org.jspecify.annotations.Nullable;

/**
 * Message types a server sends. Letters mean something else in the other direction: see {@link FrontendTag}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public enum BackendTag {
    AUTHENTICATION('R'),
    BACKEND_KEY_DATA('K'),
    BIND_COMPLETE('2'),
    CLOSE_COMPLETE('3'),
    COMMAND_COMPLETE('C'),
    COPY_BOTH_RESPONSE('W'),
    COPY_DATA('d'),
    COPY_DONE('c'),
    COPY_IN_RESPONSE('G'),
    COPY_OUT_RESPONSE('H'),
    DATA_ROW('D'),
    EMPTY_QUERY_RESPONSE('I'),
    ERROR_RESPONSE('E'),
    FUNCTION_CALL_RESPONSE('V'),
    NEGOTIATE_PROTOCOL_VERSION('v'),
    NO_DATA('n'),
    NOTICE_RESPONSE('N'),
    NOTIFICATION_RESPONSE('A'),
    PARAMETER_DESCRIPTION('t'),
    PARAMETER_STATUS('S'),
    PARSE_COMPLETE('1'),
    PORTAL_SUSPENDED('s'),
    READY_FOR_QUERY('Z'),
    ROW_DESCRIPTION('T');

    private static final @Nullable BackendTag[] BY_CODE = new @Nullable BackendTag[256];

    static {
        for (BackendTag tag : values()) {
            BY_CODE[tag.code] = tag;
        }
    }

    private final byte code;

    BackendTag(char code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The type with this letter, or null. */
    public static @Nullable BackendTag of(byte code) {
        return BY_CODE[code & 0xff];
    }
}
