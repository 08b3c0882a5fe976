package io.holdfast.proxy.session;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what left with a line of a script. Hold ids are counted, {@code H-1} being the first that is seen. Of errors and notices
 * only the fields that the script names are compared. An empty list at the end may be left out.
 */
final class Expectation {
    private static final Pattern HOLD = Pattern.compile("H-[2-9A-HJKMNP-TV-Z]{4,12}");
    private static final Pattern OUR_NAME = Pattern.compile("(holdfast_refused|holdfast_types)_[0-9a-f-]{36}");
    private static final Pattern DURATION = Pattern.compile("\\d+\\.\\d{3} ms");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]) (\"(?:[^\"\\\\]|\\\\.)*\")");

    private final Map<String, String> holds = new HashMap<>();

    /** The line with what differs from run to run replaced. */
    String stable(String actual) {
        String counted = HOLD.matcher(actual)
                .replaceAll(hold -> holds.computeIfAbsent(hold.group(), _ -> "H-" + (holds.size() + 1)));
        String timeless = DURATION.matcher(counted).replaceAll("NNNN ms");
        return OUR_NAME.matcher(timeless).replaceAll("$1");
    }

    static boolean matches(String expected, String actual) {
        String wanted = plain(expected);
        String got = plain(actual);
        if (wanted.equals(got)) {
            return true;
        }
        String message = got.replaceAll(" .*", "");
        boolean partial = message.equals("ErrorResponse") || message.equals("NoticeResponse");
        return partial
                && wanted.startsWith(message)
                && fields(got).entrySet().containsAll(fields(wanted).entrySet());
    }

    private static String plain(String line) {
        return line.replaceAll("(?<=\\w|\\]) +(?=[\"\\[\\w-])", " ").replaceAll("( \\[\\])+$", "");
    }

    private static Map<String, String> fields(String line) {
        var fields = new HashMap<String, String>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return fields;
    }
}
