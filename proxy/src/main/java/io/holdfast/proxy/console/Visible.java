package io.holdfast.proxy.console;

/**
 * Text that cannot lie to who reads it: no character that hides, reorders or imitates others gets through. What is not shown as it is
 * stands as {@code <U+202E>}, a long run of one as {@code <U+0020 x500>}. A text that itself contains the beginning of such a mark has
 * it escaped, so no two texts look the same.
 */
public final class Visible {
    private static final String MARK = "<U+";

    /** A run of spaces this long pushes what follows out of sight. */
    private static final int LONG_RUN = 64;

    private Visible() {}

    /** Of SQL and values: printable ASCII stays, so a Cyrillic letter in a table's name is seen. */
    public static String text(String text) {
        return escape(text, true);
    }

    /** Of names and reasons: letters of any script stay. */
    public static String name(String name) {
        return escape(name, false);
    }

    /** How many characters {@link #text} would not show as they are, line ends apart. */
    public static long hiddenIn(String text) {
        return text.codePoints().filter(c -> c != '\n' && !isPlain(c, true)).count();
    }

    private static String escape(String text, boolean asciiOnly) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int run = c == ' ' || !isPlain(c, asciiOnly) ? run(text, at, c) : 1;
            if (isPlain(c, asciiOnly) && run < LONG_RUN && !text.startsWith(MARK, at)) {
                out.repeat(c, run);
            } else {
                out.append(MARK)
                        .append(String.format("%04X", c))
                        .append(run > 1 ? " x" + run : "")
                        .append('>');
            }
            at += run * Character.charCount(c);
        }
        return out.toString();
    }

    private static int run(String text, int from, int c) {
        int width = Character.charCount(c);
        int at = from + width;
        while (at < text.length() && text.codePointAt(at) == c) {
            at += width;
        }
        return (at - from) / width;
    }

    private static boolean isPlain(int c, boolean asciiOnly) {
        return (c >= ' ' && c <= '~') || (!asciiOnly && Character.isLetterOrDigit(c));
    }
}
