package io.holdfast.protocol.startup;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.startup.InitialPacket.CancelRequest;
import io.holdfast.protocol.startup.InitialPacket.GssEncRequest;
import io.holdfast.protocol.startup.InitialPacket.Malformed;
import io.holdfast.protocol.startup.InitialPacket.SslRequest;
import io.holdfast.protocol.startup.InitialPacket.UnsupportedVersion;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the untagged packets of the first phase: an Int32 length that counts itself, an Int32 code, and the rest.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class InitialPacketReader {
    private static final int MIN_LENGTH = 8;

    /** PostgreSQL's MAX_STARTUP_PACKET_LENGTH and the length field. */
    private static final int MAX_LENGTH = 10_004;

    /** Code and process id come before the key. */
    private static final int CANCEL_HEAD = 8;

    private static final int MAX_CANCEL_KEY = 256;

    private InitialPacketReader() {}

    /**
     * Consumes exactly one packet, or nothing while it is incomplete. The length is checked as soon as it is there.
     *
     * @return null while bytes are missing
     * @throws ProtocolViolation if the length is out of 8..10004, or wrong for a CancelRequest; a server closes without an answer
     */
    public static @Nullable InitialPacket read(ByteBuf in) {
        if (in.readableBytes() < Integer.BYTES) {
            return null;
        }
        int length = in.getInt(in.readerIndex());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        if (in.readableBytes() < length) {
            return null;
        }
        return packet(in.readSlice(length).skipBytes(Integer.BYTES));
    }

    private static InitialPacket packet(ByteBuf body) {
        int length = body.readableBytes();
        int code = body.readInt();
        return switch (code) {
            case RequestCode.SSL -> new SslRequest(); // whatever else is in the packet: a server does not look either
            case RequestCode.GSSENC -> new GssEncRequest();
            case RequestCode.CANCEL -> cancelRequest(body, length);
            default -> {
                int major = code >>> 16;
                int minor = code & 0xffff;
                yield major == ProtocolVersion.MAJOR ? startup(minor, body) : new UnsupportedVersion(major, minor);
            }
        };
    }

    private static InitialPacket startup(int minor, ByteBuf body) {
        try {
            return StartupParameters.read(minor, body);
        } catch (ProtocolViolation violation) {
            return new Malformed(String.valueOf(violation.getMessage()));
        }
    }

    private static CancelRequest cancelRequest(ByteBuf body, int length) {
        int keyLength = length - CANCEL_HEAD;
        if (keyLength < 1 || keyLength > MAX_CANCEL_KEY) {
            throw new ProtocolViolation("invalid length of cancel request packet");
        }
        int pid = body.readInt();
        byte[] key = new byte[keyLength];
        body.readBytes(key);
        return new CancelRequest(pid, key);
    }
}
