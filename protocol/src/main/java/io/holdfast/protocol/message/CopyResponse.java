package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * CopyInResponse, CopyOutResponse or CopyBothResponse: COPY data follows.
 *
 * @param format of the whole: 0 is text, 1 is binary
 * @param columnFormats of each column
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record CopyResponse(int format, int[] columnFormats) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static CopyResponse read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        CopyResponse message = new CopyResponse(in.int8(), Fields.formatList(in));
        in.end();
        return message;
    }
}
