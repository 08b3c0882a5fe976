package io.holdfast.proxy.session;

import io.holdfast.protocol.message.BackendTag;
import io.netty.buffer.ByteBuf;

/**
 * Looks past the replies that promise nothing, such as a row description, for the one that says how a run turns out. A server
 * sends them together, so a run that fails at its first row has mostly been announced to the client by then, and could not be
 * tried elsewhere, if each were relayed as it comes.
 */
final class Preview {
    private static final int HEADER = 5;

    /** The telling reply has not arrived yet, or not wholly. */
    static final int NOT_YET = -1;

    private Preview() {}

    /**
     * Finds the telling reply.
     *
     * @param at index of a frame's tag
     * @return index of the tag of the first frame from there on that is not preliminary, whole if it is an error; or {@link #NOT_YET}
     */
    static int telling(ByteBuf in, int at) {
        int index = at;
        while (in.writerIndex() - index >= HEADER) {
            BackendTag tag = BackendTag.of(in.getByte(index));
            int end = index + 1 + in.getInt(index + 1);
            boolean whole = end > index && end <= in.writerIndex();
            if (tag == BackendTag.ERROR_RESPONSE) {
                return whole ? index : NOT_YET;
            }
            if (tag == null || !preliminary(tag)) {
                return index;
            }
            if (!whole) {
                return NOT_YET;
            }
            index = end;
        }
        return NOT_YET;
    }

    /** Whether a run that got this far has given nothing away. */
    static boolean preliminary(BackendTag tag) {
        return switch (tag) {
            case PARSE_COMPLETE, BIND_COMPLETE, CLOSE_COMPLETE, PARAMETER_DESCRIPTION, ROW_DESCRIPTION, NO_DATA -> true;
            case AUTHENTICATION,
                    BACKEND_KEY_DATA,
                    COMMAND_COMPLETE,
                    COPY_BOTH_RESPONSE,
                    COPY_DATA,
                    COPY_DONE,
                    COPY_IN_RESPONSE,
                    COPY_OUT_RESPONSE,
                    DATA_ROW,
                    EMPTY_QUERY_RESPONSE,
                    ERROR_RESPONSE,
                    FUNCTION_CALL_RESPONSE,
                    NEGOTIATE_PROTOCOL_VERSION,
                    NOTICE_RESPONSE,
                    NOTIFICATION_RESPONSE,
                    PARAMETER_STATUS,
                    PORTAL_SUSPENDED,
                    READY_FOR_QUERY -> false;
        };
    }
}
