package io.holdfast.proxy.notify;

import io.holdfast.proxy.console.Visible;
import java.util.ArrayList;
import java.util.List;

/**
 * Text that Slack shows as it is. Its markup gives meaning to three characters everywhere ({@code & < >}, which can name people and hide
 * links), and to more outside of code, so that whatever comes from elsewhere stands in code, where only a backtick would end it. Lengths
 * are those of the escaped text, in chars. Pure.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
 */
final class SlackText {
    private static final String BACKTICK = "<U+0060>";
    private static final String FENCE = "```";

    /** Names are longer by mistake or malice only. */
    private static final int NAME_CHARS = 150;

    private SlackText() {}

    /** A name of any script, in code. */
    static String name(String name) {
        return name.isEmpty() ? "_none_" : '`' + cut(Visible.name(name), NAME_CHARS) + '`';
    }

    /** A sentence of a person or a server, in code, at most so long; says what is missing. */
    static String words(String words, int chars) {
        return shown(Visible.name(words), chars);
    }

    /** A value or a list of names, in code, at most so long; says what is missing. */
    static String value(String value, int chars) {
        return shown(Visible.text(value), chars);
    }

    /** What {@link Visible} has made of a text, in code, at most so long; says what is missing. */
    static String shown(String visible, int chars) {
        return visible.isEmpty() ? "_empty_" : '`' + cut(visible, chars) + '`';
    }

    /** Lines of markup, as many as fit in {@code chars} and a few more; says how many do not. */
    static String lines(List<String> lines, int chars) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        for (String line : lines) {
            if (shown > 0 && out.length() + line.length() > chars) {
                break;
            }
            out.append(shown++ == 0 ? "" : "\n").append(line);
        }
        return shown == lines.size()
                ? out.toString()
                : out + "\nand " + (lines.size() - shown) + " more, not shown here";
    }

    /** A block of code; {@link #pages} has made it fit. */
    static String fenced(String escaped) {
        return FENCE + '\n' + escaped + (escaped.endsWith("\n") ? "" : "\n") + FENCE;
    }

    /**
     * What {@link Visible} has made of a text, escaped and in pieces that fit, which end at a line's end where they can.
     *
     * @param pageChars of each piece, at least 100
     * @param most pieces
     */
    static Pages pages(String visible, int pageChars, int most) {
        List<String> pages = new ArrayList<>();
        int at = 0;
        while (at < visible.length() && pages.size() < most) {
            int fitting = fitting(visible, at, visible.length(), pageChars);
            int lastLine = visible.lastIndexOf('\n', at + fitting - 1) + 1;
            boolean all = at + fitting == visible.length();
            int end = all || lastLine <= at ? at + fitting : lastLine;
            pages.add(escaped(visible, at, end));
            at = end;
        }
        return new Pages(List.copyOf(pages), visible.length() - at);
    }

    /**
     * @param pages escaped
     * @param left how many characters did not fit
     */
    record Pages(List<String> pages, int left) {}

    /** Something of our own that may hold Slack's three characters, such as a URL. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String visible, int chars) {
        int fitting = fitting(visible, 0, visible.length(), chars);
        String shown = escaped(visible, 0, fitting);
        return fitting == visible.length()
                ? shown
                : shown + "... (" + fitting + " of " + visible.length() + " characters)";
    }

    /** How many chars from {@code from} fit; a mark such as {@code <U+202E>} is not cut. */
    private static int fitting(String visible, int from, int to, int chars) {
        int at = from;
        int used = 0;
        while (at < to) {
            int end = unitEnd(visible, at, to);
            used += escaped(visible, at, end).length();
            if (used > chars) {
                return at - from;
            }
            at = end;
        }
        return at - from;
    }

    private static int unitEnd(String visible, int at, int to) {
        if (visible.startsWith("<U+", at)) {
            int close = visible.indexOf('>', at);
            return close < 0 || close >= to ? to : close + 1;
        }
        return at + Character.charCount(visible.codePointAt(at));
    }

    private static String escaped(String visible, int from, int to) {
        return escape(visible.substring(from, to).replace("`", BACKTICK));
    }
}
