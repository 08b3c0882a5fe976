package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.ADMIN;
import static io.holdfast.proxy.statement.StatementClass.DESTRUCTIVE;
import static io.holdfast.proxy.statement.StatementClass.READ;
import static io.holdfast.proxy.statement.StatementClass.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a SELECT may call and still be a read. */
class FunctionCallTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_is_in_recovery()",
                "pg_sleep(1)",
                "random()",
                "now()",
                "clock_timestamp()",
                "gen_random_uuid()",
                "pg_database_size('x')",
                "pg_last_wal_replay_lsn()",
                "pg_stat_get_backend_pid(1)",
                "current_query()",
                "pg_catalog.lower('x')",
                "count(*)",
                "current_setting('x')",
                "has_table_privilege('t', 'select')",
                "left('abc', 1)",
                "replace(a, b, c)",
                "coalesce(a, greatest(b, c))",
                "row(1, 2)",
                "array(SELECT 1)",
                "xmlelement(name a, xmlattributes(b AS c))",
                "extract(epoch FROM a)",
                "cast(a AS numeric(10, 2))",
                "a::character varying(10)",
                "a::pg_catalog.varchar(3)",
                "interval(3) '1 day'",
                "numeric(3, 1) '1.5'",
                "count(*) FILTER (WHERE a) OVER (PARTITION BY (b) ORDER BY (c) ROWS (1) PRECEDING)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY (a))",
                "a AT TIME ZONE ('utc')",
                "a LIKE ('x') ESCAPE ('y')",
                "a OPERATOR(pg_catalog.+) b",
                "a OPERATOR(+) b",
                "grouping(a)",
                "normalize(a)",
                "regclass('t')",
                "collation for ('x')",
                "current_timestamp(3)",
                "ts_rewrite('a'::tsquery, 'b'::tsquery, 'c'::tsquery)",
                "json_object('a' VALUE 1 RETURNING varchar(10))",
                "information_schema._pg_expandarray(a)",
                "lo_get(1)"
            })
    void aKnownHarmlessCallStaysARead(String call) {
        assertThat(Sql.one("SELECT " + call + " FROM t"))
                .satisfies(facts ->
                        assertThat(facts.statementClass()).as(facts.reason()).isEqualTo(READ));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vdel()",
                "public.lower('x')",
                "evil.now()",
                "\"Lower\"('x')",
                "nextval('s')",
                "setval('s', 1)",
                "currval('s')",
                "lastval()",
                "pg_advisory_lock(1)",
                "pg_try_advisory_xact_lock(1)",
                "txid_current()",
                "pg_export_snapshot()",
                "lo_unlink(1)",
                "lo_create(1)",
                "pg_notify('a', 'b')",
                "a OPERATOR(evil.+) b",
                "db.public.f()",
                "filter(1)",
                "over(1)",
                "set(1)",
                "cube(1, 2)"
            })
    void aCallThatIsUnknownOrNeedsThePrimaryIsAWrite(String call) {
        assertThat(Sql.classOf("SELECT " + call)).isEqualTo(WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 LIMIT vdel()",
                "SELECT 1 ORDER BY vdel()",
                "VALUES (vdel())",
                "EXECUTE pq(vdel())",
                "SELECT * FROM vdel()",
                "SELECT * FROM t, LATERAL vdel(t.a) x(b)",
                "SELECT * FROM ROWS FROM (vdel()) AS x",
                "SELECT * FROM a JOIN b ON vdel()",
                "SELECT (SELECT vdel())",
                "SELECT 1 WHERE EXISTS (VALUES (vdel()))",
                "SELECT a[vdel()]",
                "SELECT CASE WHEN a THEN vdel() END",
                "SELECT 1 GROUP BY CUBE (vdel())",
                "SELECT sum(a) OVER (ORDER BY vdel())",
                "SELECT 1 OFFSET vdel()",
                "SELECT DISTINCT ON (vdel()) 1",
                "SELECT 1 FETCH FIRST (vdel()) ROWS ONLY",
                "WITH x(a) AS (SELECT vdel()) TABLE x",
                "SELECT * FROM xmltable('/a' PASSING vdel() COLUMNS b int)",
                "SELECT * FROM t TABLESAMPLE evil(1)",
                "DECLARE c CURSOR FOR SELECT vdel()",
                "COPY (SELECT vdel()) TO STDOUT"
            })
    void aCallIsFoundWhereverItStands(String sql) {
        assertThat(Sql.classOf(sql)).isEqualTo(WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_terminate_backend(1)",
                "pg_cancel_backend(1)",
                "pg_reload_conf()",
                "pg_rotate_logfile()",
                "pg_wal_replay_pause()",
                "pg_stat_reset()",
                "pg_create_logical_replication_slot('a', 'b')",
                "pg_read_file('x')",
                "pg_ls_dir('.')",
                "lo_import('x')",
                "pg_backup_start('x')",
                "pg_prewarm('t')"
            })
    void controllingTheServerIsTheOperators(String call) {
        assertThat(Sql.classOf("SELECT " + call)).isEqualTo(ADMIN);
        assertThat(Sql.classOf("SELECT * FROM pg_catalog." + call)).isEqualTo(ADMIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_promote()", "lo_export(1, 'x')", "pg_drop_replication_slot('a')",
                        "pg_logical_slot_get_changes('a')",
                "dblink_exec('a', 'b')", "public.dblink('a', 'b')", "query_to_xml(a, true, true, '')",
                        "cursor_to_xml('p', 1)",
                "table_to_xml('v', true, true, '')", "ts_rewrite('a', 'b')", "ts_stat($1)", "crosstab($1)",
                "pg_file_unlink('x')", "heap_force_kill('t', a)", "query_to_xml('DROP TABLE t', true, true, '')"
            })
    void whatCannotBeUndoneOrIsNotShownIsDestructive(String call) {
        assertThat(Sql.classOf("SELECT " + call)).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void sqlGivenAsAConstantIsReadLikeAnyOther() {
        assertThat(Sql.classOf("SELECT * FROM crosstab('SELECT 1', $$VALUES (2)$$) AS t(a int)"))
                .isEqualTo(WRITE);
        assertThat(Sql.classOf("SELECT * FROM crosstab('SELECT 1', $$DROP TABLE t$$) AS t(a int)"))
                .isEqualTo(DESTRUCTIVE);
    }

    @Test
    void namesBeforeParenthesesThatAreNotCalledAreNoFunctions() {
        StatementFacts facts =
                Sql.one("WITH w(a) AS (SELECT 1) SELECT x.a FROM w AS x(a) JOIN (VALUES (1)) v(b) USING (a) "
                        + "GROUP BY GROUPING SETS ((a), ROLLUP (a), CUBE (a, b)) WINDOW n AS (ORDER BY a)");
        assertThat(facts.functions()).isEmpty();
        assertThat(facts.statementClass()).isEqualTo(READ);
        assertThat(Sql.one("INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO NOTHING")
                        .functions())
                .isEmpty();
    }

    @Test
    void functionsAreNamed() {
        assertThat(Sql.one("SELECT lower(a), public.f(b), lower(c) FROM t").functions())
                .containsExactly(new RelationName(null, "lower"), new RelationName("public", "f"));
    }

    @Test
    void theReasonNamesTheFunction() {
        assertThat(Sql.one("SELECT f()").reason()).isEqualTo("calls f, which is not a built-in");
    }
}
