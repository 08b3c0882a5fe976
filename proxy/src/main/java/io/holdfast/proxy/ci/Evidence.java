package io.holdfast.proxy.ci;

import io.holdfast.config.Upstream.Environment;
import java.util.Locale;

/**
 * One statement of a database about what it is.
 *
 * @param environment what the word means
 * @param words how it was said, for people: {@code holdfast.environment of database "shop" is "production"}
 */
public record Evidence(Environment environment, String words) {
    /**
     * Reads a word, without regard to case. What is not known counts as production: a mistyped mark must not open what it was to close.
     *
     * @param where who says it, such as {@code ar_internal_metadata in schema "public"}
     */
    public static Evidence of(String where, String word) {
        String plain = word.strip().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "local", "test", "development", "dev", "ci", "cucumber" ->
                new Evidence(Environment.LOCAL, said(where, word));
            case "staging" -> new Evidence(Environment.STAGING, said(where, word));
            case "production" -> new Evidence(Environment.PRODUCTION, said(where, word));
            default ->
                new Evidence(
                        Environment.PRODUCTION, said(where, word) + ", which is not known and counts as production");
        };
    }

    private static String said(String where, String word) {
        return where + " says \"" + word.strip() + '"';
    }
}
