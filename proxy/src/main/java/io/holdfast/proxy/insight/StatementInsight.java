package io.holdfast.proxy.insight;

import java.util.List;

/** What is known of one statement. */
public sealed interface StatementInsight {
    /**
     * JSqlParser has read it, and its tree says the same as the text. Names are as written, each once.
     *
     * @param tables that it names, without those of WITH; sorted
     * @param written in the text's order, columns that an UPDATE or INSERT names as its targets, those of ON CONFLICT too
     * @param conditions columns in WHERE, and in the subqueries there
     * @param counts one for each UPDATE and DELETE, those in WITH first
     */
    record Details(List<String> tables, List<String> written, List<String> conditions, List<RowCount> counts)
            implements StatementInsight {
        public Details {
            tables = List.copyOf(tables);
            written = List.copyOf(written);
            conditions = List.copyOf(conditions);
            counts = List.copyOf(counts);
        }
    }

    /**
     * Nothing is known, which says nothing about the statement.
     *
     * @param why for people; quotes nothing of the text
     */
    record Unreadable(String why) implements StatementInsight {}
}
