package io.holdfast.proxy.web;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Values that nobody can guess. */
final class Secret {
    private static final int BYTES = 32;

    private Secret() {}

    /** 256 bits, in letters that cookies and forms take as they are. */
    static String next(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
