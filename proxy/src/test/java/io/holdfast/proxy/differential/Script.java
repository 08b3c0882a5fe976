package io.holdfast.proxy.differential;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, and what it waits for in between.
 *
 * @param theme the file's name
 * @param name a sentence: what is pinned
 * @param since the first major version of PostgreSQL that it is for
 * @param until the last one
 * @param difference key of a listed difference; null: there is none
 * @param different the lines that differ: {@code - } what PostgreSQL sends, {@code + } what Holdfast sends
 */
record Script(
        String theme,
        String name,
        int since,
        int until,
        @Nullable String difference,
        List<String> different,
        List<Step> steps) {
    boolean isFor(int version) {
        return since <= version && version <= until;
    }

    @Override
    public String toString() {
        return theme + ": " + name;
    }
}
