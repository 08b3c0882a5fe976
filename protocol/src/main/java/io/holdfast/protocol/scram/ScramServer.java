package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one SCRAM-SHA-256 exchange, as PostgreSQL's {@code auth-scram.c} plays it: {@link #first}, then
 * {@link #finish}, once each. The user is the one of the StartupMessage; the name inside the exchange is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>
 */
public final class ScramServer {
    private final ScramVerifier verifier;
    private final byte @Nullable [] channelBinding;
    private final String ownNonce;

    private boolean begun;

    /** Null before the first message and after the final one: a proof can be offered once. */
    private @Nullable Exchange exchange;

    /** What both sides have said so far. */
    private record Exchange(Gs2Header header, String nonce, String authMessageHead) {}

    /**
     * Prepares an exchange.
     *
     * @param channelBinding {@code tls-server-end-point} data of the certificate this client was shown; null without TLS
     */
    public ScramServer(ScramVerifier verifier, byte @Nullable [] channelBinding, ScramNonce nonce) {
        this.verifier = verifier;
        this.channelBinding = channelBinding == null ? null : channelBinding.clone();
        this.ownNonce = nonce.next();
    }

    /** How the exchange ended. */
    public sealed interface Result {
        /**
         * The user is who they say.
         *
         * @param serverFinal goes into AuthenticationSASLFinal
         * @param keys with the client key that the proof gave away
         */
        @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
        record Success(byte[] serverFinal, ScramKeys keys) implements Result {}

        /**
         * Wrong password or no such user. A server answers both alike, with FATAL 28P01.
         *
         * @param reason for the log, not for the client
         */
        record Failure(String reason) implements Result {}
    }

    /**
     * Answers the client's first message.
     *
     * @param mechanism as the client chose it
     * @return goes into AuthenticationSASLContinue
     * @throws ProtocolViolation if the mechanism was not offered, the message is malformed, or it asks for a channel
     *     binding that does not fit what was offered; the connection must close
     */
    public byte[] first(String mechanism, byte[] clientFirst) {
        if (begun) {
            throw new IllegalStateException("the exchange has begun");
        }
        begun = true;
        if (!ScramMechanism.offered(channelBinding).contains(mechanism)) {
            throw new ProtocolViolation("client selected an invalid SASL authentication mechanism");
        }
        ScramText in = ScramText.of(clientFirst);
        Gs2Header header = Gs2Header.read(in, mechanism.equals(ScramMechanism.PLUS), channelBinding != null);
        String bare = in.from(in.position());
        if (in.peek() == 'm') {
            throw new ProtocolViolation("client requires an unsupported SCRAM extension");
        }
        in.attribute('n');
        String nonce = in.nonce() + ownNonce; // what follows are optional extensions, to be ignored
        String serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        exchange = new Exchange(header, nonce, bare + ',' + serverFirst + ',');
        return serverFirst.getBytes(UTF_8);
    }

    /**
     * Checks the client's proof.
     *
     * @throws ProtocolViolation if the message is malformed, or its channel binding or nonce is not the one of this
     *     exchange; the connection must close
     */
    public Result finish(byte[] clientFinal) {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("no exchange is under way");
        }
        exchange = null;
        ScramText in = ScramText.of(clientFinal);
        byte[] binding = in.base64('c');
        if (!MessageDigest.isEqual(binding, current.header().bindingInput(channelBinding))) {
            throw new ProtocolViolation("SCRAM channel binding check failed");
        }
        if (!MessageDigest.isEqual(in.nonce().getBytes(UTF_8), current.nonce().getBytes(UTF_8))) {
            throw new ProtocolViolation("invalid SCRAM response: nonce does not match");
        }
        int proofAt = in.position() - 1; // the comma before the last attribute
        while (in.peek() != 'p') {
            proofAt = skipExtension(in);
        }
        byte[] proof = in.base64('p');
        if (!in.atEnd() || proof.length != ScramCrypto.KEY_BYTES) {
            throw ScramText.malformed("proof");
        }
        return verify(proof, current.authMessageHead() + in.upTo(proofAt));
    }

    private static int skipExtension(ScramText in) {
        in.attribute(in.peek());
        return in.position() - 1;
    }

    private Result verify(byte[] proof, String authMessage) {
        byte[] storedKey = verifier.storedKey();
        byte[] clientKey = ScramCrypto.xor(proof, ScramCrypto.hmac(storedKey, authMessage));
        boolean right = MessageDigest.isEqual(ScramCrypto.hash(clientKey), storedKey);
        if (verifier.isMock()) {
            return new Result.Failure("no such user, or no SCRAM verifier");
        }
        if (!right) {
            return new Result.Failure("wrong password");
        }
        byte[] serverKey = verifier.serverKey();
        String serverFinal = "v=" + Base64.getEncoder().encodeToString(ScramCrypto.hmac(serverKey, authMessage));
        return new Result.Success(serverFinal.getBytes(UTF_8), new ScramKeys(clientKey, serverKey, storedKey));
    }
}
