package io.holdfast.proxy.targets;

import java.util.List;

/**
 * With which files of variables something was found. Whether a command loads {@code .env} nobody can see from outside, so everything is looked
 * for with it and without it.
 *
 * @param loaded files that it depends on; the fewest with which it is found
 * @param leftOut what must not be loaded for it to hold, such as {@code .env}; empty: that does not matter, or others are loaded
 * @param usual false: it holds only if files are left out that libraries may load
 */
public record View(List<String> loaded, String leftOut, boolean usual) {
    static final View EVERY = new View(List.of(), "", true);

    public View {
        loaded = List.copyOf(loaded);
    }

    /** {@code with .env.test, .env}, or {@code without .env}; empty: it is found whatever is loaded. */
    String words() {
        if (!loaded.isEmpty()) {
            return "with " + String.join(", ", loaded);
        }
        return leftOut.isEmpty() ? "" : "without " + leftOut;
    }
}
