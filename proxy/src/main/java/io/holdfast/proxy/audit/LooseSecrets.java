package io.holdfast.proxy.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets in text of no certain grammar: connection strings and URIs, option lists, JSON, SQL inside a literal. Takes out the value and
 * leaves its name.
 */
final class LooseSecrets {
    private static final Pattern NAME = Pattern.compile("pass(?:word|wd|phrase)|pwd", Pattern.CASE_INSENSITIVE);

    /** {@code postgres://user:secret@host}; bounded, so that hostile text costs no more than its length. */
    private static final Pattern IN_URI = Pattern.compile("(://[^\\s:/@'\"]{0,128}+:)[^\\s/'\"]{1,256}(?=@)");

    /** What PostgreSQL stores in place of a password can be attacked, too. */
    private static final Pattern VERIFIER =
            Pattern.compile("SCRAM-SHA-256\\$[^\\s'\"]++|\\bmd5[0-9a-f]{32}\\b", Pattern.CASE_INSENSITIVE);

    private LooseSecrets() {}

    static String redact(String text) {
        String result = IN_URI.matcher(text).replaceAll("$1" + SecretRedactor.REDACTED);
        result = VERIFIER.matcher(result).replaceAll(SecretRedactor.REDACTED);
        return assignments(result);
    }

    /** {@code password=x}, {@code "password": "x"}, and {@code PASSWORD ''x''} in a literal. */
    private static String assignments(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Matcher name = NAME.matcher(text);
        int done = 0;
        while (name.find(done)) {
            int value = valueStart(text, name.end());
            int end = value < 0 ? name.end() : valueEnd(text, value);
            if (value >= 0 && end > value) {
                out.append(text, done, value).append(SecretRedactor.REDACTED);
            } else {
                out.append(text, done, end);
            }
            done = end;
        }
        return out.append(text, done, text.length()).toString();
    }

    /** Where the value begins, its quote included; -1: a mere mention. */
    private static int valueStart(String text, int from) {
        int at = skip(text, skip(text, from, "\"'\\"), " \t\r\n");
        int afterSign = skip(text, at, "=:>");
        if (afterSign > at) {
            return skip(text, afterSign, " \t\r\n");
        }
        int quote = skip(text, from, " \t\r\n");
        return text.startsWith("'", quote)
                        || text.startsWith("\\'", quote)
                        || text.regionMatches(true, quote, "E'", 0, 2)
                ? quote
                : -1;
    }

    private static int valueEnd(String text, int from) {
        int open = text.regionMatches(true, from, "E'", 0, 2) ? from + 1 : from;
        int opened = skip(text, open, "\\'\"");
        return opened > open ? quotedEnd(text, opened, text.substring(open, opened)) : bareEnd(text, from);
    }

    /** A value ends with what it began with; the same twice in a row is a quote inside it. */
    private static int quotedEnd(String text, int from, String quote) {
        int at = text.indexOf(quote, from);
        while (at >= 0 && text.startsWith(quote, at + quote.length())) {
            at = text.indexOf(quote, at + 2 * quote.length());
        }
        return at < 0 ? text.length() : at + quote.length();
    }

    /** Up to white space that has no backslash before it, as libpq reads it. */
    private static int bareEnd(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) < 0) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static int skip(String text, int from, String characters) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
