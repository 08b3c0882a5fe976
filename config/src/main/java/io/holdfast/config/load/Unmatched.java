package io.holdfast.config.load;

import java.util.Set;

/**
 * What rules do not match on, though somebody may look for it. Rows are counted before a statement runs, on another server, and whoever wants
 * it to run can change in between what it finds; only a budget that is kept when it runs could decide.
 */
final class Unmatched {
    static final String FOUND =
            "rules do not match on rows: a count is of the moment before, and rows come until the statement runs";
    static final String EXPECTED =
            "table, command or class, with fewer approvals or a delay; people are shown the count";

    private static final Set<String> ROWS = Set.of("rows", "row-estimate", "estimated-rows");

    private Unmatched() {}

    /** Whether the key in the section with this path is one of them. */
    static boolean isRows(String path, String key) {
        return path.startsWith("protect.rules") && path.endsWith(".when") && ROWS.contains(key);
    }
}
