package io.holdfast.proxy.differential;

import java.util.ArrayList;
import java.util.List;

/** The shortest list of lines to take out of one trace and to put in, to get the other one. */
final class Diff {
    private final List<String> direct;
    private final List<String> proxied;

    /** Length of the longest common part of what is behind these two places. */
    private final int[][] common;

    private Diff(List<String> direct, List<String> proxied) {
        this.direct = direct;
        this.proxied = proxied;
        common = new int[direct.size() + 1][proxied.size() + 1];
        for (int i = direct.size() - 1; i >= 0; i--) {
            for (int j = proxied.size() - 1; j >= 0; j--) {
                common[i][j] = same(i, j) ? 1 + common[i + 1][j + 1] : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /** Lines that begin with {@code - } are PostgreSQL's alone, those with {@code + } Holdfast's. */
    static List<String> between(List<String> direct, List<String> proxied) {
        return direct.equals(proxied) ? List.of() : new Diff(direct, proxied).lines();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < direct.size() || j < proxied.size()) {
            if (i < direct.size() && j < proxied.size() && same(i, j)) {
                i++;
                j++;
            } else if (j == proxied.size() || (i < direct.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + Normalized.withoutLocation(direct.get(i++)));
            } else {
                lines.add("+ " + Normalized.withoutLocation(proxied.get(j++)));
            }
        }
        return lines;
    }

    /** An error that Holdfast has made itself says all that PostgreSQL's says but where in PostgreSQL's source it was made. */
    private boolean same(int i, int j) {
        String line = proxied.get(j);
        return line.equals(direct.get(i)) || line.equals(Normalized.withoutLocation(direct.get(i)));
    }
}
