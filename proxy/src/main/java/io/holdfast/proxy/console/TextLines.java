package io.holdfast.proxy.console;

import java.util.ArrayList;
import java.util.List;

/** A text as numbered lines, none of them missing; many blank ones in a row are one row that says so. Pure. */
public final class TextLines {
    /** More blank lines than this in a row push what follows off the screen. */
    private static final int BLANK_SHOWN = 3;

    /**
     * Lines of one row.
     *
     * @param number {@code 5}, or {@code 5-204}
     * @param text visible in full
     */
    public record Line(String number, String text) {}

    private TextLines() {}

    public static List<Line> of(String text) {
        List<String> lines = split(text);
        List<Line> rows = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int blankEnd = at;
            while (blankEnd < lines.size() && isBlank(lines.get(blankEnd))) {
                blankEnd++;
            }
            if (blankEnd - at > BLANK_SHOWN) {
                rows.add(new Line((at + 1) + "-" + blankEnd, "(blank)"));
                at = blankEnd;
            } else {
                rows.add(new Line(String.valueOf(at + 1), Visible.text(lines.get(at))));
                at++;
            }
        }
        return rows;
    }

    private static boolean isBlank(String line) {
        return line.chars().allMatch(c -> c == ' ' || c == '\t');
    }

    /** At line feeds only: what else ends lines somewhere must be seen. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }
}
