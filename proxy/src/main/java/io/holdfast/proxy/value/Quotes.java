package io.holdfast.proxy.value;

/**
 * Values within values, quoted where the server does.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Array Input and Output Syntax</a>
 * @see <a href="https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-IO-SYNTAX">Composite Type Input and Output Syntax</a>
 */
final class Quotes {
    /** What the server takes for white space. */
    private static final String SPACES = " \t\n\r\u000b\f";

    private Quotes() {}

    static String inArray(String text, char delimiter) {
        boolean needed = text.equalsIgnoreCase("null") || isSpecial(text, "{}\"\\" + delimiter);
        return needed ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text;
    }

    static String inRow(String text) {
        return isSpecial(text, "()\"\\,") ? doubled(text) : text;
    }

    static String inRange(String text) {
        return isSpecial(text, "()[]\"\\,") ? doubled(text) : text;
    }

    private static String doubled(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
    }

    private static boolean isSpecial(String text, String characters) {
        return text.isEmpty() || text.chars().anyMatch(c -> characters.indexOf(c) >= 0 || SPACES.indexOf(c) >= 0);
    }
}
