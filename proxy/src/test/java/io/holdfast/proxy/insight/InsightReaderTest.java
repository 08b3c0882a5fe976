package io.holdfast.proxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.insight.StatementInsight.Details;
import io.holdfast.proxy.insight.StatementInsight.Unreadable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsightReaderTest {
    static final Duration PLENTY = Duration.ofMinutes(1);

    @Test
    void anUpdateShowsItsColumnsAndItsCount() {
        assertThat(readable("""
                UPDATE ONLY shop.orders AS o SET status = 'x', "Seen" = now()
                FROM customers c -- of one country
                WHERE c.id = o.customer_id AND c.country = $2 RETURNING o.id"""))
                .isEqualTo(new Details(
                        List.of("ONLY shop.orders", "customers"),
                        List.of("status", "\"Seen\""),
                        List.of("c.id", "o.customer_id", "c.country"),
                        List.of(new RowCount.Query(
                                "ONLY shop.orders AS o",
                                "SELECT count(*) FROM ONLY shop.orders AS o WHERE EXISTS"
                                        + " (SELECT 1 FROM customers c WHERE c.id = o.customer_id AND c.country = $2)",
                                List.of("$2")))));
    }

    @Test
    void anInsertShowsWhatItWritesOnConflictToo() {
        Details insight =
                readable("INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET c = 3 WHERE t.d = user");

        assertThat(insight.written()).containsExactly("a", "b", "c");
        assertThat(insight.conditions()).containsExactly("t.d");
        assertThat(insight.counts()).isEmpty();
    }

    @Test
    void columnsOfSubqueriesAreConditionsToo() {
        assertThat(readable("DELETE FROM t WHERE id IN (SELECT t_id FROM u WHERE old)")
                        .conditions())
                .containsExactly("id", "t_id", "old");
    }

    @Test
    void aDeleteInWithIsCountedByItself() {
        assertThat(readable("WITH old AS (SELECT id FROM t WHERE x), gone AS (DELETE FROM t USING old"
                                + " WHERE t.id = old.id RETURNING t.*) INSERT INTO archive SELECT * FROM gone")
                        .counts())
                .containsExactly(new RowCount.Query(
                        "t",
                        "WITH old AS (SELECT id FROM t WHERE x) SELECT count(*) FROM t WHERE EXISTS"
                                + " (SELECT 1 FROM old WHERE t.id = old.id)",
                        List.of()));
    }

    @Test
    void everyStatementOfATextHasItsOwn() {
        List<StatementInsight> insights =
                InsightReader.read("DELETE FROM a; DO 'x'; ; UPDATE b SET c = 1", System::nanoTime, PLENTY);

        assertThat(insights).hasSize(3);
        assertThat(insights.get(0)).isInstanceOf(Details.class);
        assertThat(insights.get(1)).isEqualTo(new Unreadable(InsightReader.CANNOT_READ));
        assertThat(insights.get(2)).isInstanceOf(Details.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM t WHERE my_function(id)                          | only read",
                "DELETE FROM t WHERE id = (SELECT id FROM t LIMIT 1 FOR UPDATE) | only read",
                "WITH x AS (DELETE FROM u RETURNING id) DELETE FROM t USING x WHERE x.id = t.id | only read",
                "WITH t AS (SELECT 1 AS id) DELETE FROM T WHERE id = 1         | WITH has the table's name",
                "DELETE FROM t LIMIT 3                                        | not PostgreSQL's grammar",
                "UPDATE t, u SET a = 1                                        | not PostgreSQL's grammar",
                "DELETE t WHERE a = 1                                         | not PostgreSQL's grammar",
                "WITH RECURSIVE a AS (DELETE FROM t RETURNING 1), b AS (SELECT 1) SELECT 1 | in a WITH",
            })
    void whatIsNotCertainToCountRightHasNoQuery(String sql, String why) {
        StatementInsight insight =
                InsightReader.read(sql, System::nanoTime, PLENTY).getFirst();

        assertThat(insight).isInstanceOf(Details.class);
        assertThat(((Details) insight).counts())
                .last()
                .isInstanceOfSatisfying(
                        RowCount.Unknown.class, count -> assertThat(count.why()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t WHERE CURRENT OF c",
                "DELETE FROM t WHERE \"holdfast 0\" = 1",
                "DELETE FROM t WHERE a = 'open",
                "DELETE FROM",
                "CLUSTER",
                "\u0000",
            })
    void whatJSqlParserCannotReadIsSaidToBeUnreadable(String sql) {
        assertThat(InsightReader.read(sql, System::nanoTime, PLENTY))
                .containsExactly(new Unreadable(InsightReader.CANNOT_READ));
    }

    /** As tokens, or JSqlParser would read U & 'x' and end at the first quote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t WHERE a = E'it\\'s' AND b = 1",
                "DELETE FROM t WHERE a = U&'d\\0061t\\+000061'",
                "DELETE FROM t WHERE a = U&'d!0061' UESCAPE '!'",
                "DELETE FROM t WHERE a = $x$ ' -- $$ $x$",
                "DELETE FROM t WHERE a = 'x'\n'y'",
                "DELETE FROM t WHERE a = '\\'",
                "DELETE FROM t WHERE a = B'01' OR a = X'1F'",
            })
    void constantsAreTakenOverExactly(String sql) {
        assertThat(count(sql)).isEqualTo(sql.replace("DELETE", "SELECT count(*)"));
    }

    @Test
    void commentsCannotMisleadIt() {
        assertThat(count("/* /* */ SELECT */ DELETE /**/ FROM t -- WHERE a\r WHERE b = 1 /*+ hint */"))
                .isEqualTo("SELECT count(*) FROM t WHERE b = 1");
    }

    static String count(String sql) {
        return ((RowCount.Query) readable(sql).counts().getLast()).sql();
    }

    static Details readable(String sql) {
        return (Details) InsightReader.read(sql, System::nanoTime, PLENTY).getFirst();
    }
}
