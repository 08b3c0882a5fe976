package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server wants next before it lets the client in.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public sealed interface Authentication {
    /** The client is in. */
    record Ok() implements Authentication {}

    /** Wants the password itself. */
    record CleartextPassword() implements Authentication {}

    /**
     * Wants the password hashed with MD5.
     *
     * @param salt 4 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Md5Password(byte[] salt) implements Authentication {}

    /**
     * Offers SASL mechanisms.
     *
     * @param mechanisms the server's favourite first
     */
    record Sasl(List<String> mechanisms) implements Authentication {}

    /** A challenge; its meaning is the mechanism's. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record SaslContinue(byte[] data) implements Authentication {}

    /** The outcome; its meaning is the mechanism's. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record SaslFinal(byte[] data) implements Authentication {}

    /** Something we do not speak: Kerberos, GSSAPI, SSPI, or newer than this. */
    record Unsupported(int code) implements Authentication {}

    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields of a known kind do not fill the body exactly
     */
    static Authentication read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        int code = in.int32();
        Authentication message = switch (code) {
            case AuthenticationCode.OK -> new Ok();
            case AuthenticationCode.CLEARTEXT_PASSWORD -> new CleartextPassword();
            case AuthenticationCode.MD5_PASSWORD -> new Md5Password(in.bytes(AuthenticationCode.MD5_SALT_BYTES));
            case AuthenticationCode.SASL -> new Sasl(mechanisms(in));
            case AuthenticationCode.SASL_CONTINUE -> new SaslContinue(in.restBytes());
            case AuthenticationCode.SASL_FINAL -> new SaslFinal(in.restBytes());
            default -> {
                in.skip(in.remaining());
                yield new Unsupported(code);
            }
        };
        in.end();
        return message;
    }

    private static List<String> mechanisms(BodyReader in) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = in.name(); !name.isEmpty(); name = in.name()) {
            mechanisms.add(name);
        }
        return List.copyOf(mechanisms);
    }
}
