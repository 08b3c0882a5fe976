package io.holdfast.proxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real server counts, then runs the statement: the count is the number in its command tag. */
class RowCountTest {
    @BeforeAll
    static void fill() throws SQLException {
        TestServers.shared().administer("""
                CREATE SCHEMA counted;
                SET search_path = counted;
                CREATE TABLE t (id int PRIMARY KEY, a int, b text, "From" int, tags text[], doc jsonb);
                INSERT INTO t SELECT i, i % 7, 'b' || i % 5, i % 3, ARRAY['x' || i % 2],
                    jsonb_build_object('k', i % 4) FROM generate_series(1, 100) i;
                CREATE TABLE u (id int, t_id int, a int);
                INSERT INTO u SELECT i, i % 40, i % 3 FROM generate_series(1, 200) i;
                CREATE TABLE v (u_id int, ok bool);
                INSERT INTO v SELECT i % 150, i % 2 = 0 FROM generate_series(1, 300) i;
                CREATE TABLE parent (id int, a int);
                CREATE TABLE child () INHERITS (parent);
                INSERT INTO parent SELECT i, i % 2 FROM generate_series(1, 10) i;
                INSERT INTO child SELECT i, i % 2 FROM generate_series(1, 25) i;
                CREATE TABLE parted (id int, a int) PARTITION BY RANGE (id);
                CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (50);
                CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (50) TO (500);
                INSERT INTO parted SELECT i, i % 2 FROM generate_series(1, 80) i;
                CREATE VIEW few AS SELECT id, a FROM t WHERE id <= 30;
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "|",
            quoteCharacter = '`',
            value = {
                "DELETE FROM t | 100",
                "DELETE FROM t WHERE a = 3 | 14",
                "DELETE FROM t WHERE false | 0",
                "DELETE FROM t WHERE a IS NULL OR a IS NOT NULL | 100",
                "delete from T as x where X.A > 1 and not x.b = 'b1' returning * | 57",
                "DELETE FROM t USING u WHERE u.t_id = t.id | 39",
                "DELETE FROM t USING u, v WHERE u.t_id = t.id AND v.u_id = u.id AND v.ok | 19",
                "DELETE FROM t USING u JOIN v ON v.u_id = u.id WHERE u.t_id = t.id AND NOT ok | 20",
                "DELETE FROM t x USING u AS y LEFT JOIN v USING (u_id), generate_series(1, 3) g WHERE false | -",
                "DELETE FROM t USING u y LEFT JOIN v ON y.id = v.u_id, generate_series(1, 3) g WHERE g = t.id AND y.t_id = g | 3",
                "DELETE FROM t USING u CROSS JOIN (SELECT 1) AS one WHERE u.t_id = t.id | 39",
                "DELETE FROM t USING u | 100",
                "DELETE FROM t USING (SELECT 1 WHERE false) AS nothing | 0",
                "DELETE FROM t USING t AS other WHERE other.a = t.a AND other.id < t.id | 93",
                "DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id AND u.a = 1) | 39",
                "DELETE FROM t WHERE id NOT IN (SELECT t_id FROM u) | 61",
                "DELETE FROM t WHERE (id, a) IN (SELECT t_id, a FROM u) | 17",
                "DELETE FROM t WHERE ctid IN (SELECT ctid FROM t ORDER BY id LIMIT 5) | 5",
                "DELETE FROM t WHERE id = ANY(ARRAY[1, 2, 3]) OR id BETWEEN SYMMETRIC 12 AND 10 | 6",
                "DELETE FROM t WHERE \"From\" = 1 AND b ~ '^b[12]$' | 14",
                "DELETE FROM t WHERE tags @> ARRAY['x1'] AND doc ->> 'k' = '3' | 25",
                "DELETE FROM t WHERE doc @> '{\"k\": 2}'::jsonb AND tags[1] = 'x0' | 25",
                "DELETE FROM t WHERE b = E'b\\x31' OR b = U&'\\00622' OR b = $$b3$$ | 60",
                "DELETE FROM t WHERE b LIKE 'b%' ESCAPE '!' AND b COLLATE \"C\" >= 'b4' | 20",
                "DELETE FROM t WHERE CASE WHEN a = 1 THEN id < 50 ELSE false END | 7",
                "DELETE FROM ONLY parent | 10",
                "DELETE FROM parent WHERE a = 1 | 18",
                "DELETE FROM ONLY (parent) AS p USING ONLY child c WHERE p.id = c.id AND c.a = 0 | 5",
                "DELETE FROM parted USING parted_low l WHERE parted.a = l.a AND parted.id > 40 | 40",
                "DELETE FROM few WHERE a = 1 | 5",
                "DELETE FROM few USING u WHERE u.t_id = few.id | 30",
                "UPDATE t SET a = 0 | 100",
                "UPDATE counted.t SET a = a + 1, b = DEFAULT WHERE t.id % 2 = 0 | 50",
                "UPDATE t AS x SET (a, b) = (u.a, 'z') FROM u WHERE u.t_id = x.id | 39",
                "UPDATE t SET a = u.a FROM u JOIN v ON v.u_id = u.id AND v.ok WHERE u.t_id = t.id RETURNING t.* | 19",
                "UPDATE t SET a = 1 FROM u, LATERAL (SELECT u.t_id AS x) l, v WHERE l.x = t.id AND v.u_id = l.x | 39",
                "UPDATE t SET a = (SELECT max(a) FROM u WHERE u.t_id = t.id) WHERE id < 10 | 9",
                "UPDATE t SET b = b IS DISTINCT FROM 'x' WHERE a IS DISTINCT FROM 1 | 85",
                "UPDATE t SET tags[1] = 'y' WHERE 'x1' = ANY(tags) | 50",
                "UPDATE ONLY parent SET a = 5 WHERE id > 4 | 6",
                "UPDATE parted SET id = id + 60 WHERE id < 20 | 19",
                "UPDATE few SET a = 9 FROM u WHERE u.id = few.id AND u.a = 2 | 10",
                "WITH x AS (SELECT t_id FROM u WHERE a = 2) DELETE FROM t USING x WHERE x.t_id = t.id | 39",
                "WITH x AS MATERIALIZED (SELECT 3 AS n), y AS (SELECT n + 1 AS m FROM x) UPDATE t SET a = 0 FROM x, y WHERE id IN (n, m) | 2",
                "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 9) DELETE FROM t USING x WHERE n = id | 9",
                "WITH u AS (SELECT 1 AS id) DELETE FROM t USING u WHERE u.id = t.id | 1",
            })
    void theCountIsWhatTheCommandTagSays(String sql, String expected) throws SQLException {
        try (Connection server = TestServers.shared().superuser()) {
            Sql.run(server, "SET search_path = counted");
            server.setAutoCommit(false);
            if (expected.equals("-")) { // the statement is not valid, and its count need not be
                assertThat(InsightReaderTest.count(sql)).startsWith("SELECT count(*) FROM t x WHERE EXISTS (");
                return;
            }
            long counted = Sql.number(server, InsightReaderTest.count(sql));
            int touched = touched(server, sql);
            server.rollback();

            assertThat(counted).isEqualTo(touched).isEqualTo(Long.parseLong(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t WHERE a = $1 AND b = $2 | 3",
                "UPDATE t SET b = $2 WHERE a = $1 | 14",
                "UPDATE t SET a = $1 FROM u WHERE u.t_id = t.id AND t.b <> $2 AND u.a < $1 | 31",
            })
    void parametersKeepTheirNumbers(String sql, long expected) throws SQLException {
        try (Connection server = TestServers.shared().superuser()) {
            Sql.run(server, "SET search_path = counted");
            server.setAutoCommit(false);
            Sql.run(server, "PREPARE counts(int, text) AS " + InsightReaderTest.count(sql));
            Sql.run(server, "PREPARE touches(int, text) AS " + sql);
            long counted = Sql.number(server, "EXECUTE counts(3, 'b3')");
            int touched = touched(server, "EXECUTE touches(3, 'b3')");
            server.rollback();

            assertThat(counted).isEqualTo(touched).isEqualTo(expected);
        }
    }

    /** The number in the command tag; where JDBC shows rows of RETURNING instead, there are as many. */
    private static int touched(Connection server, String sql) throws SQLException {
        try (Statement statement = server.createStatement()) {
            return statement.execute(sql) ? Sql.rows(statement.getResultSet()).size() : statement.getUpdateCount();
        }
    }
}
