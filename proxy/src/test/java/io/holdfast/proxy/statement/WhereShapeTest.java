package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereShapeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "1=1",
                "id = id",
                "t.id = t.id",
                "ID >= id",
                "random() >= 0",
                "EXISTS (SELECT 1)",
                "EXISTS (SELECT 1 FROM u)",
                "EXISTS (SELECT 1 FROM u WHERE u.x = 5)",
                "'1'",
                "NOT false",
                "NOT (1 = 2)",
                "(SELECT true)",
                "ctid IS NOT NULL",
                "id IS NOT NULL",
                "t.id IS NOT NULL",
                "coalesce(true)",
                "(((true)))",
                "a = 1 OR true",
                "a = 1 OR 1 = 1 OR b = 2",
                "true AND 1 < 2",
                "a IS NULL OR a IS NOT NULL",
                "a OR NOT a",
                "a LIKE '%'",
                "a ILIKE '%%'",
                "$1",
                "'t'::boolean",
                "now() > '2020-01-01'::timestamp",
                "a IS NOT DISTINCT FROM a",
                "1 BETWEEN 0 AND 2",
                "CASE WHEN true THEN true END",
                "date '2020-01-01' < now()",
                "true IS TRUE",
                "(a = a) AND (b = b)",
                "cast('t' as bool)",
                "2 > 1",
                "'a' <> 'b'"
            })
    void doesNotDependOnTheRow(String where) {
        assertThat(Sql.one("DELETE FROM t WHERE " + where).where()).isEqualTo(WhereClause.ALWAYS_TRUE);
        assertThat(Sql.classOf("UPDATE t SET b = 1 WHERE " + where)).isEqualTo(StatementClass.DESTRUCTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 5",
                "id = $1",
                "a AND true",
                "false",
                "1 = 0",
                "NULL",
                "'f'",
                "NOT true",
                "a = 1 OR false",
                "id IN (1, 2)",
                "id = ANY ($1)",
                "a LIKE 'x%'",
                "a NOT LIKE '%'",
                "created < now() - interval '1 day'",
                "deleted_at IS NOT NULL",
                "a IS NULL",
                "a BETWEEN 1 AND 2",
                "a = 1 AND b = b",
                "active",
                "EXISTS (SELECT 1 FROM u WHERE u.id = t.id)",
                "id IN (SELECT t_id FROM u)",
                "lower(name) = 'x'",
                "name = 'x'",
                "CASE WHEN a THEN true ELSE false END",
                "(a, b) IN ((1, 2))",
                "a <> a",
                "a > 0 OR a < 0",
                "true AND (a = 1 OR b = 2)",
                "NOT EXISTS (SELECT 1 FROM u WHERE u.t = id)",
                "CURRENT OF c"
            })
    void dependsOnTheRowOrTouchesNone(String where) {
        assertThat(Sql.one("DELETE FROM t WHERE " + where).where()).isEqualTo(WhereClause.PRESENT);
        assertThat(Sql.classOf("UPDATE t SET b = 1 WHERE " + where)).isEqualTo(StatementClass.WRITE);
    }

    @Test
    void noWhereIsSaidSo() {
        StatementFacts facts = Sql.one("DELETE FROM ONLY account AS a");
        assertThat(facts.where()).isEqualTo(WhereClause.ABSENT);
        assertThat(facts.reason()).isEqualTo("deletes every row of account: no WHERE");
        assertThat(Sql.one("UPDATE chi SET a = 1 FROM generate_series(1, 1)").where())
                .isEqualTo(WhereClause.ABSENT);
        assertThat(Sql.one("DELETE FROM chi USING par RETURNING *").where()).isEqualTo(WhereClause.ABSENT);
    }

    @Test
    void theOutermostStatementsWhereCounts() {
        StatementFacts facts = Sql.one("WITH d AS (DELETE FROM a RETURNING *) UPDATE t SET b = 1 WHERE id = 5");
        assertThat(facts.where()).isEqualTo(WhereClause.PRESENT);
        assertThat(facts.statementClass()).isEqualTo(StatementClass.DESTRUCTIVE);
        assertThat(Sql.one("SELECT 1").where()).isEqualTo(WhereClause.NOT_APPLICABLE);
    }

    @Test
    void longChainsOfConditionsAreRead() {
        String chain = "id = 0" + " OR id = 1".repeat(20_000);
        assertThat(Sql.one("DELETE FROM t WHERE " + chain).where()).isEqualTo(WhereClause.PRESENT);
        assertThat(Sql.one("DELETE FROM t WHERE " + chain + " OR true").where()).isEqualTo(WhereClause.ALWAYS_TRUE);
    }
}
