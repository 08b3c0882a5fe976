package io.holdfast.config;

import java.util.regex.Pattern;

/**
 * Certificates in a rule: {@code ci-*} for the common name, or, beginning with a slash, {@code /O=Example/OU=ci/*} for the whole subject.
 * {@code *} stands for any characters, alone for every certificate. Case counts. Matches without garbage.
 */
public final class CertificatePattern {
    /** It looks like a part of a subject, and as a common name it would hardly ever match. */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9.]+=.*", Pattern.DOTALL);

    private final boolean isWhole;
    private final Glob glob;

    private CertificatePattern(String text) {
        isWhole = isWhole(text);
        glob = Glob.of(text);
    }

    public static CertificatePattern of(String text) {
        return new CertificatePattern(text);
    }

    /** Whether a text can be meant as one: {@code OU=ci} could be either kind, and would be neither. */
    public static boolean isClear(String text) {
        return !text.isBlank() && !PART.matcher(text).matches() && (!isWhole(text) || text.indexOf('=') > 0);
    }

    public boolean matches(CertificateSubject subject) {
        return glob.matches(isWhole ? subject.name() : subject.commonName());
    }

    /** Whether this matches whatever the other matches; false if that is not certain. */
    public boolean covers(CertificatePattern other) {
        return (glob.isEverything() && !isWhole) || (isWhole == other.isWhole && glob.covers(other.glob));
    }

    private static boolean isWhole(String text) {
        return text.startsWith("/");
    }
}
