package io.holdfast.proxy.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a text that {@link io.holdfast.proxy.console.Visible} has made visible.
 *
 * @param mark stands for what cannot be shown, such as {@code <U+202E>}
 */
record Piece(String text, boolean mark) {
    private static final Pattern MARK = Pattern.compile("<U\\+[0-9A-F]{4,6}(?: x[0-9]+)?>");

    /** All of the text, in order. */
    static List<Piece> of(String visible) {
        List<Piece> pieces = new ArrayList<>();
        Matcher marks = MARK.matcher(visible);
        int end = 0;
        while (marks.find()) {
            if (marks.start() > end) {
                pieces.add(new Piece(visible.substring(end, marks.start()), false));
            }
            pieces.add(new Piece(marks.group(), true));
            end = marks.end();
        }
        if (end < visible.length()) {
            pieces.add(new Piece(visible.substring(end), false));
        }
        return pieces;
    }
}
