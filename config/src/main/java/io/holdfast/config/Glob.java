package io.holdfast.config;

import java.util.List;

/** A text in which {@code *} stands for any number of characters, none included; everything else stands for itself. Matches without garbage. */
public final class Glob {
    private final String text;
    /** What is between the stars; one part alone: there are none. */
    private final List<String> parts;

    private Glob(String text) {
        this.text = text;
        this.parts = List.of(text.split("\\*", -1));
    }

    public static Glob of(String text) {
        return new Glob(text);
    }

    /** Whether it matches whatever there is. */
    public boolean isEverything() {
        return text.equals("*");
    }

    /** Whether the whole of the candidate is meant. */
    public boolean matches(String candidate) {
        int last = parts.size() - 1;
        if (last == 0) {
            return text.equals(candidate);
        }
        String suffix = parts.get(last);
        int at = parts.getFirst().length();
        int end = candidate.length() - suffix.length();
        if (end < at || !candidate.startsWith(parts.getFirst()) || !candidate.endsWith(suffix)) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            int found = candidate.indexOf(parts.get(i), at);
            if (found < 0 || found + parts.get(i).length() > end) {
                return false;
            }
            at = found + parts.get(i).length();
        }
        return true;
    }

    /** Whether this matches whatever the other matches. A star of the other can be under a star of this only, so its text is an example of all. */
    public boolean covers(Glob other) {
        return matches(other.text);
    }
}
