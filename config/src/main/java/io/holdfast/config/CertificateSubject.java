package io.holdfast.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a certificate names, as PostgreSQL's {@code pg_stat_ssl.client_dn} gives it: {@code /O=Example/OU=ci/CN=runner-7}, in the order of
 * the certificate. A slash within a value is written {@code \2F}, so that no value can pose as another part.
 *
 * @param name all of it; empty: the certificate names its holder elsewhere only
 * @param commonName the value of its first CN; empty: it has none
 */
public record CertificateSubject(String name, String commonName) {
    private static final String COMMON_NAME = "CN";

    /** What RFC 2253 puts a backslash before. */
    private static final String SPECIAL = ",+\"\\<>;";

    /**
     * One part of a subject.
     *
     * @param type such as {@code OU}
     * @param value as it is, nothing escaped
     */
    public record Part(String type, String value) {}

    /** A subject of these parts, in their order. */
    public static CertificateSubject of(List<Part> parts) {
        StringBuilder name = new StringBuilder();
        parts.forEach(part -> name.append('/').append(part.type()).append('=').append(escaped(part.value())));
        String commonName = parts.stream()
                .filter(part -> part.type().equals(COMMON_NAME))
                .map(Part::value)
                .findFirst()
                .orElse("");
        return new CertificateSubject(name.toString(), commonName);
    }

    /**
     * A subject as people write it: a common name alone, or all parts behind slashes.
     *
     * @throws IllegalArgumentException if it begins with a slash, and a part has no type, or a backslash stands before nothing that it may
     */
    public static CertificateSubject parse(String text) {
        if (!text.startsWith("/")) {
            return of(List.of(new Part(COMMON_NAME, text)));
        }
        List<Part> parts = new ArrayList<>();
        for (String part : text.substring(1).split("/", -1)) {
            int sign = part.indexOf('=');
            if (sign <= 0) {
                throw new IllegalArgumentException("subject: '" + text + "' (expected: /O=Example/OU=ci/CN=runner-7)");
            }
            parts.add(new Part(part.substring(0, sign), plain(part.substring(sign + 1))));
        }
        return of(parts);
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean outer = (i == 0 && (c == ' ' || c == '#')) || (i == value.length() - 1 && c == ' ');
            if (c < ' ' || c == 0x7f || c == '/') {
                escaped.append(String.format("\\%02X", (int) c));
            } else if (outer || SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String plain(String escaped) {
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (i + 1 < escaped.length() && (SPECIAL + " #").indexOf(escaped.charAt(i + 1)) >= 0) {
                plain.append(escaped.charAt(++i));
            } else if (i + 2 < escaped.length()
                    && "01234567".indexOf(escaped.charAt(i + 1)) >= 0
                    && isHex(escaped.charAt(i + 2))) {
                plain.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                throw new IllegalArgumentException("subject: '" + escaped + "' (expected: a backslash before " + SPECIAL
                        + " or the two hex digits of an ASCII character)");
            }
        }
        return plain.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }
}
