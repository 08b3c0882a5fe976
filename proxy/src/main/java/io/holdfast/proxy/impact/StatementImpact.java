package io.holdfast.proxy.impact;

import java.util.List;

/**
 * What one statement would do.
 *
 * @param tables that it names, and their sizes
 * @param rows one for each UPDATE and DELETE in it
 * @param along rows that foreign keys take along with those, one for each table where there are any, as far as they were followed
 * @param reaches tables that foreign keys lead to, the nearest first
 * @param firings triggers that would run, on all of these tables
 * @param locks that it takes on the tables that it names
 * @param remarks what could not be found out, and what must be known besides; for people
 */
public record StatementImpact(
        List<TableSize> tables,
        List<Rows> rows,
        List<Rows> along,
        List<Reach> reaches,
        List<Firing> firings,
        List<TableLock> locks,
        List<String> remarks) {
    public StatementImpact {
        tables = List.copyOf(tables);
        rows = List.copyOf(rows);
        along = List.copyOf(along);
        reaches = List.copyOf(reaches);
        firings = List.copyOf(firings);
        locks = List.copyOf(locks);
        remarks = List.copyOf(remarks);
    }

    /** One of which nothing is known. */
    static StatementImpact unknown(String why) {
        return new StatementImpact(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(why));
    }
}
