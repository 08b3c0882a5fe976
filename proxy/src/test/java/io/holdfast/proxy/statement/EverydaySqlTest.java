package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.READ;
import static io.holdfast.proxy.statement.StatementClass.SESSION;
import static io.holdfast.proxy.statement.StatementClass.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and their tools send all day must not wait for anybody. */
class EverydaySqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select version()",
                "SELECT abalance FROM pgbench_accounts WHERE aid = 42;",
                "SELECT \"user\".\"id\" AS id1_0_, u.name FROM \"user\" u LEFT OUTER JOIN orders o ON u.id = o.user_id "
                        + "WHERE u.active = $1 AND (o.total > $2 OR o.total IS NULL) ORDER BY u.id ASC LIMIT $3 OFFSET $4",
                "SELECT COUNT(*), date_trunc('day', created_at AT TIME ZONE 'UTC')::date AS d FROM events "
                        + "WHERE created_at >= now() - interval '7 days' GROUP BY d HAVING count(*) > 1 ORDER BY d DESC NULLS LAST",
                "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t",
                "SELECT EXISTS (SELECT 1 FROM users WHERE email = $1) AS \"exists\"",
                "SELECT row_number() OVER w, lag(a, 1) OVER (PARTITION BY b ORDER BY c) FROM t WINDOW w AS (ORDER BY a)",
                "SELECT data->>'name', data #>> '{a,b}', data @> '{\"a\": 1}'::jsonb, data ? 'x' FROM docs",
                "SELECT * FROM unnest($1::text[], ARRAY[1, 2]) WITH ORDINALITY AS u(name, n, i)",
                "SELECT * FROM generate_series(1, 10) AS g(i) CROSS JOIN LATERAL (SELECT i * 2) x(j)",
                "SELECT (a).b, (f.x).y[1:2], *, t.* FROM t, s AS f(x)",
                "SELECT string_agg(a, ',' ORDER BY b) FILTER (WHERE c) FROM t",
                "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END AS \"case\", b AS end, c value FROM t",
                "((SELECT 1) UNION ALL (SELECT 2)) ORDER BY 1 LIMIT ALL",
                "SELECT * FROM ((SELECT 1) UNION (SELECT 2)) x JOIN ((a JOIN b USING (id)) JOIN c ON true) ON true",
                "SELECT a FROM t TABLESAMPLE SYSTEM (10) REPEATABLE (1)",
                "SELECT DISTINCT a IS DISTINCT FROM b FROM t FETCH FIRST 5 ROWS WITH TIES",
                "SELECT TIMESTAMP WITH TIME ZONE '2020-01-01 00:00+00', DATE '2020-01-01', INTERVAL '1' DAY",
                "TABLE t",
                "VALUES (1, 'a'), (2, 'b')",
                "SHOW TRANSACTION ISOLATION LEVEL",
                "show all",
                "FETCH FORWARD 100 FROM c",
                "EXPLAIN (COSTS OFF) SELECT * FROM t",
                "COPY public.t (a, b) TO stdout;",
                // psql: \d, \d t, \df, \l, completion
                "SELECT n.nspname as \"Schema\",   c.relname as \"Name\",   CASE c.relkind WHEN 'r' THEN 'table' END as \"Type\", "
                        + "  pg_catalog.pg_get_userbyid(c.relowner) as \"Owner\" FROM pg_catalog.pg_class c "
                        + "     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE c.relkind IN ('r','p','v','m','S','f','')       AND n.nspname !~ '^pg_toast' "
                        + "  AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1,2;",
                "SELECT a.attname,   pg_catalog.format_type(a.atttypid, a.atttypmod),   (SELECT pg_catalog.pg_get_expr(d.adbin, "
                        + "d.adrelid, true)    FROM pg_catalog.pg_attrdef d    WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum "
                        + "AND a.atthasdef),   a.attnotnull FROM pg_catalog.pg_attribute a "
                        + "WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;",
                "SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relname OPERATOR(pg_catalog.~) '^(t)$' COLLATE pg_catalog.default",
                "SELECT pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.unnest(p.proacl)), E'\\n') FROM pg_catalog.pg_proc p",
                "SELECT pg_catalog.quote_ident(nspname) || '.' FROM pg_catalog.pg_namespace "
                        + "WHERE substring(pg_catalog.quote_ident(nspname) || '.',1,3)='pub' LIMIT 1000",
                // pg_dump
                "SELECT t.tableoid, t.oid, i.indrelid, pg_catalog.pg_get_indexdef(i.indexrelid) AS indexdef, "
                        + "(SELECT pg_catalog.array_agg(attnum ORDER BY attnum) FROM pg_catalog.pg_attribute WHERE attrelid = i.indexrelid "
                        + "AND attstattarget >= 0) AS indstatcols FROM unnest('{1,2}'::pg_catalog.oid[]) AS src(tbloid) "
                        + "JOIN pg_catalog.pg_index i ON (src.tbloid = i.indrelid) JOIN pg_catalog.pg_class t ON (t.oid = i.indexrelid)",
                // PostgreSQL JDBC: getPrimaryKeys, getTables
                "SELECT result.A[1] FROM (SELECT (information_schema._pg_expandarray(i.indkey)).n AS KEY_SEQ, ct.relname, "
                        + "information_schema._pg_expandarray(i.indkey) AS KEYS FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_index i "
                        + "ON (ct.oid = i.indrelid) WHERE true AND i.indisprimary ) result where result.A = (result.KEYS).x",
                "SELECT NULL AS TABLE_CAT, n.nspname AS TABLE_SCHEM FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE E'pub\\\\_%'",
                // monitoring
                "SELECT pid, state, now() - query_start, pg_blocking_pids(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
                "SELECT pg_size_pretty(pg_total_relation_size(relid)) FROM pg_stat_user_tables"
            })
    void reads(String sql) {
        assertThat(Sql.one(sql))
                .satisfies(facts ->
                        assertThat(facts.statementClass()).as(facts.reason()).isEqualTo(READ));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "INSERT INTO \"users\" (\"name\", \"at\") VALUES ($1, NOW()), ($2, DEFAULT) RETURNING \"id\"",
                "INSERT INTO t DEFAULT VALUES",
                "INSERT INTO t AS x (a) OVERRIDING SYSTEM VALUE (SELECT a FROM b) ON CONFLICT ON CONSTRAINT k DO NOTHING",
                "INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x",
                "INSERT INTO t SELECT * FROM a JOIN b ON a.id = b.id ON CONFLICT (id) WHERE x DO UPDATE SET a = 1 WHERE t.a > 2",
                "UPDATE pgbench_accounts SET abalance = abalance + -42 WHERE aid = 1;",
                "UPDATE t AS x SET (a, b) = (SELECT 1, 2), c[1] = DEFAULT, d.e = now() FROM u WHERE x.id = u.id RETURNING x.*",
                "DELETE FROM sessions WHERE expires_at < now()",
                "DELETE FROM \"t\" WHERE (\"t\".\"id\" IN ($1, $2))",
                "DELETE FROM t WHERE CURRENT OF c",
                "WITH moved AS (DELETE FROM a WHERE id = 1 RETURNING *) INSERT INTO b SELECT * FROM moved",
                "SELECT id FROM jobs WHERE state = 'new' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1",
                "SELECT nextval('s')",
                "COPY t (a, b) FROM stdin;",
                "LOCK TABLE public.t IN ACCESS SHARE MODE",
                "ANALYZE t (a)",
                "NOTIFY x, 'y'",
                "REFRESH MATERIALIZED VIEW v"
            })
    void writes(String sql) {
        assertThat(Sql.one(sql))
                .satisfies(facts ->
                        assertThat(facts.statementClass()).as(facts.reason()).isEqualTo(WRITE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "begin transaction isolation level repeatable read",
                "START TRANSACTION READ ONLY",
                "COMMIT",
                "END",
                "ROLLBACK",
                "SAVEPOINT a",
                "ROLLBACK TO SAVEPOINT a",
                "RELEASE SAVEPOINT a",
                "SET extra_float_digits = 3",
                "SET application_name = 'psql'",
                "SET client_min_messages TO warning",
                "SET DateStyle = ISO, MDY",
                "SET lock_timeout = '5s'",
                "SET CONSTRAINTS ALL DEFERRED",
                "SET default_transaction_read_only = on",
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                "RESET ALL",
                "DISCARD ALL",
                "DISCARD TEMP",
                "DEALLOCATE ALL",
                "PREPARE x AS SELECT 1",
                "CLOSE c",
                "CLOSE ALL",
                "LISTEN a",
                "UNLISTEN *",
                "SELECT pg_catalog.set_config('search_path', '', false);",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"
            })
    void changesTheSession(String sql) {
        assertThat(Sql.one(sql))
                .satisfies(facts ->
                        assertThat(facts.statementClass()).as(facts.reason()).isEqualTo(SESSION));
    }
}
