package io.holdfast.proxy.targets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** libpq's other form, {@code host=db1 dbname=shop user='ci'}, which Go, Python and C programs take. Pure. */
final class Dsn {
    private static final Pattern PAIR =
            Pattern.compile("\\s*(\\w+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*+'|(?:[^\\s'\\\\]|\\\\.)*+)(?:\\s+|$)");
    private static final Pattern BEGIN = Pattern.compile("(?s)(?:.*\\s)?(?:host|hostaddr|dbname|service)\\s*=.*");

    private Dsn() {}

    static boolean looksLike(String value) {
        return BEGIN.matcher(value).matches() && PAIR.matcher(value).lookingAt();
    }

    /** @throws TargetProblem if it is not made of pairs */
    static Settings read(String value) throws TargetProblem {
        Settings settings = new Settings();
        Matcher pair = PAIR.matcher(value.strip());
        int end = 0;
        while (pair.find() && pair.start() == end) {
            end = pair.end();
            String text = pair.group(2);
            String plain = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
            settings.orElse(pair.group(1), plain.replaceAll("(?s)\\\\(.)", "$1"));
        }
        if (end < value.strip().length()) {
            throw new TargetProblem("it is not made of pairs such as host=db");
        }
        return settings;
    }
}
