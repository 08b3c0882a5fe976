package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one SCRAM-SHA-256 exchange: {@link #first}, {@link #finish}, {@link #verify}, once each.
 *
 * <p>Trusts the server no more than it must: sizes and iterations are bounded, and the login counts only after the
 * server has proved that it knows the verifier.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>
 */
public final class ScramClient {
    /** Work a server may ask for with a password: about half a second. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private final Credentials credentials;
    private final String mechanism;
    private final Gs2Header header;
    private final byte @Nullable [] channelBinding;
    private final String ownNonce;

    /** Null until the final message is made. */
    private byte @Nullable [] expectedSignature;

    private sealed interface Credentials {
        record Known(ScramKeys keys) implements Credentials {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Password(byte[] password) implements Credentials {}
    }

    private ScramClient(
            Credentials credentials, List<String> offered, byte @Nullable [] channelBinding, ScramNonce nonce) {
        boolean plus = channelBinding != null && offered.contains(ScramMechanism.PLUS);
        if (!plus && !offered.contains(ScramMechanism.PLAIN)) {
            throw new ProtocolViolation("none of the server's SASL authentication mechanisms are supported");
        }
        this.credentials = credentials;
        this.mechanism = plus ? ScramMechanism.PLUS : ScramMechanism.PLAIN;
        this.header = plus ? Gs2Header.bound() : channelBinding != null ? Gs2Header.notOffered() : Gs2Header.none();
        this.channelBinding = channelBinding == null ? null : channelBinding.clone();
        this.ownNonce = nonce.next();
    }

    /**
     * Logs in with keys; the password is not needed, nor is the server's salt.
     *
     * @param offered the mechanisms in the server's AuthenticationSASL
     * @param channelBinding {@code tls-server-end-point} data of the server's certificate; null without TLS
     * @throws ProtocolViolation if the server offers no mechanism that is spoken here
     */
    public static ScramClient withKeys(
            ScramKeys keys, List<String> offered, byte @Nullable [] channelBinding, ScramNonce nonce) {
        return new ScramClient(new Credentials.Known(keys), offered, channelBinding, nonce);
    }

    /** Logs in with a password; else as {@link #withKeys}. */
    public static ScramClient withPassword(
            String password, List<String> offered, byte @Nullable [] channelBinding, ScramNonce nonce) {
        return new ScramClient(new Credentials.Password(password.getBytes(UTF_8)), offered, channelBinding, nonce);
    }

    /** The mechanism to name in the SASLInitialResponse: bound to the channel where both sides can. */
    public String mechanism() {
        return mechanism;
    }

    /** The data of the SASLInitialResponse. The user name is left empty, since the server ignores it. */
    public byte[] first() {
        return (header.text() + firstBare()).getBytes(UTF_8);
    }

    /**
     * Answers the server's challenge. With a password this is slow by intent: milliseconds, more where the server asks
     * for more iterations.
     *
     * @throws ProtocolViolation if the challenge is malformed, does not continue our nonce, or asks for more than a
     *     million iterations
     */
    public byte[] finish(byte[] serverFirst) {
        if (expectedSignature != null) {
            throw new IllegalStateException("the exchange is over");
        }
        ScramText in = ScramText.of(serverFirst);
        String nonce = in.nonce();
        if (!nonce.startsWith(ownNonce) || nonce.length() == ownNonce.length()) {
            throw new ProtocolViolation("invalid SCRAM response: nonce does not match");
        }
        byte[] salt = in.base64('s');
        ScramKeys keys = keys(salt, iterations(in.attribute('i')));

        Base64.Encoder base64 = Base64.getEncoder();
        String withoutProof = "c=" + base64.encodeToString(header.bindingInput(channelBinding)) + ",r=" + nonce;
        String authMessage = firstBare() + ',' + in.upTo(in.length()) + ',' + withoutProof;
        expectedSignature = ScramCrypto.hmac(keys.serverKey(), authMessage);
        byte[] proof = ScramCrypto.xor(keys.clientKey(), ScramCrypto.hmac(keys.storedKey(), authMessage));
        return (withoutProof + ",p=" + base64.encodeToString(proof)).getBytes(UTF_8);
    }

    /**
     * Checks that the server knows the verifier. Until this returns, AuthenticationOk means nothing.
     *
     * @throws ProtocolViolation if the server reports an error or its signature is wrong
     */
    public void verify(byte[] serverFinal) {
        byte[] expected = expectedSignature;
        if (expected == null) {
            throw new IllegalStateException("the exchange has not got that far");
        }
        ScramText in = ScramText.of(serverFinal);
        if (in.peek() == 'e') {
            throw new ProtocolViolation("server reports a SCRAM error");
        }
        if (!MessageDigest.isEqual(in.base64('v'), expected)) {
            throw new ProtocolViolation("incorrect SCRAM server signature");
        }
    }

    private String firstBare() {
        return "n=,r=" + ownNonce;
    }

    private ScramKeys keys(byte[] salt, int iterations) {
        return switch (credentials) {
            case Credentials.Known(var keys) -> keys;
            case Credentials.Password(var password) -> ScramKeyDerivation.keys(password, salt, iterations);
        };
    }

    private static int iterations(String text) {
        int iterations = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw ScramText.malformed("iteration count (expected: 1.." + MAX_ITERATIONS + ')');
        }
        return iterations;
    }
}
