package io.holdfast.proxy.impact;

import io.holdfast.proxy.impact.Relations.Tree;
import io.holdfast.proxy.insight.RowCount;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that foreign keys take along with those of one statement, table by table, for people. */
final class Along {
    /** Counts on some server, and within some time. */
    @FunctionalInterface
    interface Counting {
        Rows count(RowCount.Query query, RowCounter.Subject subject);
    }

    private final Survey survey;
    private final Counting counting;
    private RowCounter.Subject subject;
    private final Map<String, Rows> found = new LinkedHashMap<>();

    /** @param subject of the statement's own counts */
    Along(RowCounter.Subject subject, Survey survey, Counting counting) {
        this.subject = subject;
        this.survey = survey;
        this.counting = counting;
    }

    /** Looks where they lead from some of its rows. */
    void follow(CascadeRows.Changed changed) {
        try {
            new CascadeRows(survey.relations(), survey.keys(), this::count, Long.MAX_VALUE).behind(changed);
        } catch (Uncountable e) {
            found.putIfAbsent("further tables", new Rows.NotCounted("further tables", e.why()));
        } catch (SQLException e) {
            found.putIfAbsent(
                    "further tables",
                    new Rows.NotCounted("further tables", "the catalog cannot be read", Failure.words(e)));
        }
    }

    /** One for each table, the nearest first, as far as they were followed. */
    List<Rows> rows() {
        return List.copyOf(found.values());
    }

    private long count(RowSet rows, Tree table) throws Uncountable {
        subject = subject.with(table);
        String label = table.root().label();
        Rows one = counting.count(rows.count(label), subject);
        if (!(one instanceof Rows.Counted counted)) {
            found.put(label, one);
            throw new Uncountable("those to which " + label + " leads are not known");
        }
        if (counted.rows() > 0) {
            found.merge(label, counted, Along::sum);
        }
        return counted.rows();
    }

    private static Rows sum(Rows before, Rows more) {
        return before instanceof Rows.Counted one && more instanceof Rows.Counted other
                ? new Rows.Counted(
                        one.target(),
                        one.rows() + other.rows(),
                        one.atMost() || other.atMost(),
                        one.moves() || other.moves(),
                        one.server())
                : before;
    }
}
