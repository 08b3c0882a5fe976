package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.ADMIN;
import static io.holdfast.proxy.statement.StatementClass.CODE;
import static io.holdfast.proxy.statement.StatementClass.DESTRUCTIVE;
import static io.holdfast.proxy.statement.StatementClass.READ;
import static io.holdfast.proxy.statement.StatementClass.SCHEMA;
import static io.holdfast.proxy.statement.StatementClass.SESSION;
import static io.holdfast.proxy.statement.StatementClass.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements inside statements, and shapes that make a harmless verb dangerous. */
class StatementShapeTest {
    @Test
    void aTextHasTheHighestClassOfItsStatements() {
        assertThat(Sql.classOf("SELECT 1; DROP TABLE t; SELECT 2")).isEqualTo(DESTRUCTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
                "(WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d)",
                "WITH a AS (SELECT 1), d AS MATERIALIZED (DELETE FROM t RETURNING *) SELECT * FROM a",
                "SELECT * FROM (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) x",
                "WITH a AS (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) SELECT * FROM a",
                "COPY (DELETE FROM t RETURNING id) TO STDOUT",
                "COPY (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) TO STDOUT",
                "CREATE TABLE x AS WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
                "CREATE TABLE x (a) AS WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d WITH NO DATA",
                "WITH d AS (DELETE FROM t RETURNING *) SELECT * INTO x FROM d",
                "WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d",
                "EXPLAIN ANALYZE DELETE FROM t",
                "EXPLAIN ANALYSE VERBOSE DELETE FROM t",
                "EXPLAIN (ANALYZE) DELETE FROM t",
                "EXPLAIN (ANALYZE off, ANALYZE on) DELETE FROM t",
                "EXPLAIN (\"analyze\" 'true', COSTS off) DELETE FROM t",
                "EXPLAIN (WHATEVER) DELETE FROM t",
                "EXPLAIN ANALYZE CREATE TABLE x AS WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d"
            })
    void aWrappedDeleteOfEveryRowIsFound(String sql) {
        StatementFacts facts = Sql.one(sql);
        assertThat(facts.statementClass()).isEqualTo(DESTRUCTIVE);
        assertThat(facts.reason()).isEqualTo("deletes every row of t: no WHERE");
        assertThat(facts.relations()).contains(new RelationName(null, "t"));
    }

    @Test
    void aWrappedMergeIsFound() {
        String merge = "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id";
        assertThat(Sql.classOf("WITH m AS (" + merge + ") SELECT * FROM m")).isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("COPY (" + merge + ") TO STDOUT")).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void explainWithoutAnalyzeOnlyPlans() {
        assertThat(Sql.classOf("EXPLAIN DELETE FROM t")).isEqualTo(READ);
        assertThat(Sql.classOf("EXPLAIN (ANALYZE on, ANALYZE off) DELETE FROM t"))
                .isEqualTo(READ);
        assertThat(Sql.classOf("EXPLAIN (ANALYZE 0, FORMAT json) SELECT 1")).isEqualTo(READ);
        assertThat(Sql.classOf("EXPLAIN (SELECT 1)")).isEqualTo(READ);
    }

    @Test
    void planningMayRunFunctionsThatAreNoBuiltIns() {
        assertThat(Sql.classOf("EXPLAIN SELECT * FROM t WHERE id < stb()")).isEqualTo(WRITE);
    }

    @Test
    void explainAnalyzeOfAPreparedStatementRunsIt() {
        assertThat(Sql.one("EXPLAIN ANALYZE EXECUTE d").effect()).isEqualTo(new SessionEffect.Execute("d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DO $$ BEGIN DELETE FROM t; END $$", "CALL cleanup()"})
    void opaqueCodeIsDestructive(String sql) {
        assertThat(Sql.classOf(sql)).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void mergeIsAsBadAsItsWorstBranch() {
        String merge = "MERGE INTO t USING s ON t.id = s.id WHEN ";
        assertThat(Sql.classOf(merge + "MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)"))
                .isEqualTo(WRITE);
        assertThat(Sql.classOf(merge + "MATCHED AND CASE WHEN t.a THEN true ELSE false END THEN DELETE"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf(merge + "NOT MATCHED BY SOURCE THEN UPDATE SET a = 1"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("MERGE INTO t USING s ON true WHEN MATCHED THEN UPDATE SET a = 1"))
                .isEqualTo(DESTRUCTIVE);
    }

    @Test
    void anUpsertIsToldAsWhatItIs() {
        StatementFacts facts =
                Sql.one("INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = excluded.a");
        assertThat(facts.statementClass()).isEqualTo(WRITE);
        assertThat(facts.reason()).isEqualTo("inserts into t, or overwrites rows of it");
    }

    @Test
    void rowLocksNeedThePrimary() {
        assertThat(Sql.one("SELECT * FROM t FOR UPDATE").command()).isEqualTo("SELECT FOR UPDATE");
        assertThat(Sql.classOf("SELECT * FROM t FOR NO KEY UPDATE OF t NOWAIT")).isEqualTo(WRITE);
        assertThat(Sql.classOf("SELECT * FROM t FOR SHARE SKIP LOCKED")).isEqualTo(WRITE);
        assertThat(Sql.classOf("SELECT * FROM (SELECT * FROM t FOR KEY SHARE) x"))
                .isEqualTo(WRITE);
        assertThat(Sql.classOf("SELECT ((SELECT a FROM t) UNION (SELECT b FROM u FOR UPDATE))"))
                .isEqualTo(WRITE);
        assertThat(Sql.classOf("SELECT substring(a FROM 1 FOR 2) FROM t")).isEqualTo(READ);
    }

    @Test
    void locksThatShutOthersOutAreTheOperators() {
        assertThat(Sql.classOf("LOCK TABLE t IN ACCESS SHARE MODE")).isEqualTo(WRITE);
        assertThat(Sql.classOf("LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE")).isEqualTo(ADMIN);
        assertThat(Sql.classOf("LOCK t")).isEqualTo(ADMIN);
    }

    @Test
    void systemCatalogsAreNotForDml() {
        assertThat(Sql.classOf("UPDATE pg_class SET relname = 'x' WHERE oid = 1"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("DELETE FROM pg_catalog.pg_attribute WHERE attrelid = 1"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("UPDATE pg_settings SET setting = 'SJIS' WHERE name = 'client_encoding'"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("INSERT INTO pg_search_documents (a) VALUES (1)"))
                .isEqualTo(WRITE);
    }

    @Test
    void aSchedulersRowsAreCode() {
        assertThat(Sql.classOf("INSERT INTO cron.job (command) VALUES ('DELETE FROM t')"))
                .isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("SELECT cron.schedule('0 0 * * *', 'DELETE FROM t')"))
                .isEqualTo(DESTRUCTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t TO PROGRAM 'cat'",
                "COPY (SELECT 1) TO '/etc/passwd'",
                "COPY t FROM PROGRAM 'cat'",
                "COPY t FROM '/x'"
            })
    void filesAndProgramsOfTheServerAreDestructive(String sql) {
        assertThat(Sql.classOf(sql)).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void copyOverTheWireIsAnOrdinaryReadOrWrite() {
        assertThat(Sql.classOf("COPY public.t (a, b) TO stdout WITH (FORMAT csv)"))
                .isEqualTo(READ);
        assertThat(Sql.classOf("COPY (SELECT * FROM t) TO STDOUT")).isEqualTo(READ);
        assertThat(Sql.one("COPY t FROM STDIN (FORMAT csv) WHERE a > 1").command())
                .isEqualTo("COPY FROM");
        assertThat(Sql.classOf("COPY t FROM STDIN WHERE f(a)")).isEqualTo(WRITE);
    }

    @Test
    void createSchemaIsAsBadAsItsElements() {
        assertThat(Sql.classOf("CREATE SCHEMA s CREATE TABLE a (b int) CREATE VIEW v AS SELECT 1"))
                .isEqualTo(SCHEMA);
        assertThat(Sql.classOf("CREATE SCHEMA s CREATE TABLE a (b int) GRANT SELECT ON a TO bob"))
                .isEqualTo(ADMIN);
        assertThat(Sql.classOf("CREATE SCHEMA s CREATE TRIGGER x BEFORE INSERT ON a EXECUTE FUNCTION f()"))
                .isEqualTo(CODE);
    }

    @Test
    void replacingAViewSwapsCode() {
        assertThat(Sql.classOf("CREATE VIEW v AS SELECT 1")).isEqualTo(SCHEMA);
        assertThat(Sql.classOf("CREATE OR REPLACE VIEW v AS SELECT 1")).isEqualTo(CODE);
    }

    @Test
    void twoPhaseCommitIsDestructive() {
        assertThat(Sql.classOf("PREPARE TRANSACTION 'g'")).isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("COMMIT PREPARED 'g'")).isEqualTo(DESTRUCTIVE);
        assertThat(Sql.classOf("ROLLBACK PREPARED 'g'")).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void settingsThatSwitchProtectionOffAreTheOperators() {
        assertThat(Sql.classOf("SET session_replication_role = replica")).isEqualTo(ADMIN);
        assertThat(Sql.classOf("SELECT set_config('session_replication_role', 'replica', false)"))
                .isEqualTo(ADMIN);
        assertThat(Sql.classOf("SET session_replication_role TO DEFAULT")).isEqualTo(SESSION);
        assertThat(Sql.classOf("SET row_security = off")).isEqualTo(SESSION);
    }

    @Test
    void aRefreshWithoutDataEmptiesTheView() {
        assertThat(Sql.classOf("REFRESH MATERIALIZED VIEW CONCURRENTLY v")).isEqualTo(WRITE);
        assertThat(Sql.classOf("REFRESH MATERIALIZED VIEW v WITH NO DATA")).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void targetsAreNamedAndCommonTablesAreNot() {
        assertThat(Sql.one(
                                "WITH x AS (SELECT * FROM a), y AS (SELECT * FROM x) UPDATE s.t SET b = 1 FROM y, c WHERE t.id = 1")
                        .relations())
                .containsExactlyInAnyOrder(
                        new RelationName(null, "a"), new RelationName("s", "t"), new RelationName(null, "c"));
        assertThat(Sql.one("TRUNCATE TABLE ONLY a, s.b * RESTART IDENTITY CASCADE")
                        .relations())
                .containsExactly(new RelationName(null, "a"), new RelationName("s", "b"));
        assertThat(Sql.one("WITH t AS (SELECT * FROM t) DELETE FROM t").relations())
                .containsExactly(new RelationName(null, "t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VACUUM (FULL, ANALYZE) s.t (a, b), u | s.t, u",
                "VACUUM FULL FREEZE VERBOSE ANALYZE t | t",
                "VACUUM | ''",
                "ANALYZE VERBOSE t | t",
                "CLUSTER t USING t_pkey | t",
                "CLUSTER t_pkey ON t | t",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY s.t | s.t",
                "REINDEX INDEX i | i",
                "REINDEX SCHEMA public | ''"
            })
    void maintenanceNamesItsTables(String sql, String relations) {
        assertThat(Sql.one(sql).relations().stream().map(RelationName::toString).collect(Collectors.joining(", ")))
                .isEqualTo(relations);
    }

    @Test
    void commandsInsideAreNamedIfTheyWrite() {
        assertThat(Sql.one("COPY (WITH d AS (DELETE FROM t WHERE a = 1 RETURNING *) SELECT * FROM d) TO STDOUT")
                        .innerCommands())
                .containsExactlyInAnyOrder("SELECT", "DELETE");
        assertThat(Sql.one("EXPLAIN ANALYZE SELECT 1").innerCommands()).isEmpty();
        assertThat(Sql.one("EXPLAIN DELETE FROM t").innerCommands()).isEmpty();
    }

    @Test
    void offsetsTellWhereAStatementStands() {
        StatementFacts second =
                Sql.read(" SELECT 1 ;  DROP TABLE é /* x */ ; ").statements().getLast();
        assertThat(second.start()).isEqualTo(13);
        assertThat(second.end()).isEqualTo(26);
    }

    @Test
    void oneUnreadableStatementLeavesTheOthersReadable() {
        SqlFacts facts = Sql.read("SELECT 1; FROBNICATE t; SELECT 2");
        assertThat(facts.statements())
                .extracting(StatementFacts::command)
                .containsExactly("SELECT", "UNPARSED", "SELECT");
        assertThat(facts.statementClass()).isEqualTo(DESTRUCTIVE);
        assertThat(facts.statements().get(1).reason()).isEqualTo("not understood: unexpected FROBNICATE");
    }
}
