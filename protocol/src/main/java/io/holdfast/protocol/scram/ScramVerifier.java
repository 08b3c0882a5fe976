package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pg_authid.rolpassword} holds: enough to check a password, not enough to log in with.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-authid.html">pg_authid</a>
 */
public final class ScramVerifier {
    /** PostgreSQL's default of {@code scram_iterations}. */
    public static final int DEFAULT_ITERATIONS = 4096;

    private static final String PREFIX = "SCRAM-SHA-256$";
    private static final Pattern FORMAT = Pattern.compile(
            "SCRAM-SHA-256\\$([1-9]\\d{0,8}):([A-Za-z0-9+/=]{1,1024})\\$([A-Za-z0-9+/=]{44}):([A-Za-z0-9+/=]{44})");

    /** What PostgreSQL's own salts have. */
    private static final int MOCK_SALT_BYTES = 16;

    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;
    private final boolean mock;

    private ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey, boolean mock) {
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations: " + iterations + " (expected: 1 or more)");
        }
        this.salt = salt.clone();
        this.iterations = iterations;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
        this.mock = mock;
    }

    /** Whether this looks like a SCRAM verifier, and not like an MD5 hash or a password. */
    public static boolean isVerifier(String text) {
        return FORMAT.matcher(text).matches();
    }

    /**
     * Reads {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>}, the last three in base64.
     *
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public static ScramVerifier parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
        byte[] salt = base64(parts.group(2));
        byte[] storedKey = base64(parts.group(3));
        byte[] serverKey = base64(parts.group(4));
        if (storedKey.length != ScramCrypto.KEY_BYTES || serverKey.length != ScramCrypto.KEY_BYTES) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
        return new ScramVerifier(salt, Integer.parseInt(parts.group(1)), storedKey, serverKey, false);
    }

    /** The verifier of a password. Slow by intent: milliseconds for the default iterations. */
    public static ScramVerifier forPassword(String password, byte[] salt, int iterations) {
        return forPassword(password.getBytes(UTF_8), salt, iterations);
    }

    /**
     * The verifier of a password in whatever encoding the client used.
     *
     * @throws IllegalArgumentException if the password is empty, as it is in PostgreSQL
     */
    public static ScramVerifier forPassword(byte[] password, byte[] salt, int iterations) {
        ScramKeys keys = ScramKeyDerivation.keys(password, salt, iterations);
        return new ScramVerifier(salt, iterations, keys.storedKey(), keys.serverKey(), false);
    }

    /**
     * The verifier of a user who does not exist. The same user has the same salt every time, so that nobody can tell it
     * from a real one, and no proof is ever right.
     *
     * @param secret at least 16 random bytes, the same for the life of the installation
     * @param iterations what real users of this server have
     */
    public static ScramVerifier mock(String user, byte[] secret, int iterations) {
        byte[] salt = Arrays.copyOf(ScramCrypto.hmac(secret, "salt:" + user), MOCK_SALT_BYTES);
        byte[] storedKey = ScramCrypto.hmac(secret, "stored:" + user);
        byte[] serverKey = ScramCrypto.hmac(secret, "server:" + user);
        return new ScramVerifier(salt, iterations, storedKey, serverKey, true);
    }

    /** {@link #mock(String, byte[], int)} with PostgreSQL's default iterations. */
    public static ScramVerifier mock(String user, byte[] secret) {
        return mock(user, secret, DEFAULT_ITERATIONS);
    }

    public int iterations() {
        return iterations;
    }

    /** As PostgreSQL stores it. Do not log: it allows an offline search for the password. */
    public String encoded() {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX
                + iterations
                + ':'
                + base64.encodeToString(salt)
                + '$'
                + base64.encodeToString(storedKey)
                + ':'
                + base64.encodeToString(serverKey);
    }

    @Override
    public String toString() {
        return "ScramVerifier[" + iterations + ']';
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] storedKey() {
        return storedKey.clone();
    }

    byte[] serverKey() {
        return serverKey.clone();
    }

    boolean isMock() {
        return mock;
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier", e);
        }
    }
}
