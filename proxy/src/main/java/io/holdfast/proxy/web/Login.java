package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is logged in at one browser.
 *
 * @param formToken proves that a form came from a page of this login
 */
record Login(Person person, String formToken) {
    /** Whether the form has it; how long that takes says nothing of it. */
    boolean hasSent(@Nullable String token) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }
}
