package io.holdfast.protocol.scram;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the random part that keeps one exchange from being replayed as another. A fixed one serves tests. */
@FunctionalInterface
public interface ScramNonce {
    /** Printable ASCII without a comma; never twice the same. */
    String next();

    /** 18 random bytes in base64, as PostgreSQL makes them. */
    static ScramNonce random(SecureRandom random) {
        return () -> {
            byte[] bytes = new byte[18];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        };
    }
}
