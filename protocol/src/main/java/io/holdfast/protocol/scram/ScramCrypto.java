package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The functions that RFC 5802 builds on, over SHA-256.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
final class ScramCrypto {
    static final int KEY_BYTES = 32;

    private static final String HASH = "SHA-256";
    private static final String HMAC = "HmacSHA256";

    /** INT(1) behind the salt: one block of PBKDF2 is all that is needed. */
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private ScramCrypto() {}

    static byte[] hash(byte[] data) {
        try {
            return MessageDigest.getInstance(HASH).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + HASH, e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        return mac(key).doFinal(text.getBytes(UTF_8));
    }

    /** Of two arrays of one length. */
    static byte[] xor(byte[] a, byte[] b) {
        byte[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= b[i];
        }
        return result;
    }

    /** The RFC's Hi(). Not the JDK's PBKDF2, which takes characters only: a password need not be valid UTF-8. */
    static byte[] saltedPassword(byte[] password, byte[] salt, int iterations) {
        Mac mac = mac(password);
        mac.update(salt);
        byte[] last = mac.doFinal(FIRST_BLOCK);
        byte[] result = last;
        for (int i = 1; i < iterations; i++) {
            last = mac.doFinal(last);
            result = xor(result, last);
        }
        return result;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }
}
