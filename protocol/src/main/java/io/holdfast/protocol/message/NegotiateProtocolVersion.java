package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The server goes on at an older version, or does not know some options.
 *
 * @param version the full version, such as {@code 0x00030002}: servers send this although the manual says that it is the
 *     newest minor version
 * @param options the {@code _pq_.} options that were not understood
 */
public record NegotiateProtocolVersion(int version, List<String> options) {
    /** Copies the options. */
    public NegotiateProtocolVersion {
        options = List.copyOf(options);
    }

    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static NegotiateProtocolVersion read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        int version = in.int32();
        int count = in.int32();
        if (count < 0) {
            throw new ProtocolViolation("number of options: " + count);
        }
        List<String> options = new ArrayList<>();
        for (int i = 0; i < count; i++) { // no longer than the body: each takes a byte, or the read fails
            options.add(in.text());
        }
        in.end();
        return new NegotiateProtocolVersion(version, options);
    }
}
