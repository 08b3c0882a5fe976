package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.READ;
import static io.holdfast.proxy.statement.StatementClass.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionEffectTest {
    static Stream<Arguments> settings() {
        return Stream.of(
                setting("SET search_path = a, \"B\", 'c d'", "search_path", "a, \"B\", \"c d\"", false),
                setting("SET LOCAL work_mem TO '1MB'", "work_mem", "1MB", true),
                setting("SET SESSION x.Y = -1.5", "x.y", "-1.5", false),
                setting("SET statement_timeout = 0", "statement_timeout", "0", false),
                setting("SET TIME ZONE 'UTC'", "timezone", "UTC", false),
                setting("SET TIME ZONE LOCAL", "timezone", "local", false),
                setting("SET NAMES 'SJIS'", "client_encoding", "SJIS", false),
                setting("SET SCHEMA 'x'", "search_path", "x", false),
                setting("SET ROLE bob", "role", "bob", false),
                setting("SET ROLE NONE", "role", "none", false),
                setting("SET LOCAL ROLE 'Bob'", "role", "Bob", true),
                setting("SET SESSION AUTHORIZATION bob", "session_authorization", "bob", false),
                setting("SET SESSION AUTHORIZATION DEFAULT", "session_authorization", null, false),
                setting("SET LOCAL SESSION AUTHORIZATION bob", "session_authorization", "bob", true),
                setting("RESET SESSION AUTHORIZATION", "session_authorization", null, false),
                setting("SET x TO DEFAULT", "x", null, false),
                setting("RESET ROLE", "role", null, false),
                setting("RESET TIME ZONE", "timezone", null, false),
                setting("SET TRANSACTION READ ONLY", "transaction_read_only", "on", true),
                setting(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE",
                        "transaction_read_only",
                        "off",
                        true),
                setting("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "transaction_isolation", "serializable", true),
                setting(
                        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                        "default_transaction_read_only",
                        "on",
                        false),
                setting("SELECT pg_catalog.set_config('Search_Path', '', false);", "search_path", "", false),
                setting("SELECT set_config('a.b', E'x\\'', true) AS y", "a.b", "x'", true));
    }

    private static Arguments setting(String sql, String name, @Nullable String value, boolean local) {
        return Arguments.of(sql, new SessionEffect.Setting(name, value, local));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsReadInEverySpelling(String sql, SessionEffect.Setting expected) {
        StatementFacts facts = Sql.one(sql);
        assertThat(facts.effect()).isEqualTo(expected);
        assertThat(facts.statementClass()).isEqualTo(SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('a', 'b', false) WHERE false",
                "SELECT set_config('a', x, false) FROM t",
                "SELECT set_config(x, 'b', false) FROM t",
                "SELECT set_config('a', 'b', false), set_config('c', 'd', false)",
                "SELECT (SELECT set_config('a', 'b', false))",
                "LISTEN x",
                "CREATE TEMP TABLE t (a int)",
                "CREATE TEMPORARY VIEW v AS SELECT 1",
                "SELECT 1 AS a INTO TEMP t",
                "CREATE TEMP TABLE t AS SELECT 1",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "SELECT pg_advisory_lock(1)",
                "SELECT setseed(0.5)",
                "SET x FROM CURRENT"
            })
    void whatCannotBeMirroredPins(String sql) {
        assertThat(Sql.one(sql).effect()).isInstanceOf(SessionEffect.Pins.class);
    }

    @Test
    void transactionsBeginAndEnd() {
        assertThat(Sql.one("BEGIN").effect()).isEqualTo(new SessionEffect.Begin(false));
        assertThat(Sql.one("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE")
                        .effect())
                .isEqualTo(new SessionEffect.Begin(true));
        assertThat(Sql.one("BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE")
                        .effect())
                .isEqualTo(new SessionEffect.Begin(false));
        assertThat(Sql.one("START TRANSACTION READ ONLY READ WRITE").effect())
                .isEqualTo(new SessionEffect.Begin(false));
        assertThat(Sql.one("END WORK").effect()).isEqualTo(new SessionEffect.End(true));
        assertThat(Sql.one("COMMIT AND CHAIN").effect()).isEqualTo(new SessionEffect.End(true));
        assertThat(Sql.one("ABORT TRANSACTION AND NO CHAIN").effect()).isEqualTo(new SessionEffect.End(false));
        assertThat(Sql.one("ROLLBACK WORK TO a").effect()).isEqualTo(new SessionEffect.Savepoint(true));
        assertThat(Sql.one("SAVEPOINT a").effect()).isEqualTo(new SessionEffect.Savepoint(false));
        assertThat(Sql.one("RELEASE a").effect()).isEqualTo(new SessionEffect.Savepoint(false));
        assertThat(Sql.one("PREPARE TRANSACTION 'x'").effect()).isEqualTo(new SessionEffect.End(true));
    }

    @Test
    void aPreparedStatementCarriesTheFactsOfWhatItWillRun() {
        StatementFacts facts = Sql.one("PREPARE \"S\" (int, varchar(3)) AS DELETE FROM t");
        assertThat(facts.statementClass()).isEqualTo(SESSION);
        assertThat(facts.effect()).isInstanceOfSatisfying(SessionEffect.Prepare.class, prepare -> {
            assertThat(prepare.name()).isEqualTo("S");
            assertThat(prepare.prepared().command()).isEqualTo("DELETE");
            assertThat(prepare.prepared().statementClass()).isEqualTo(StatementClass.DESTRUCTIVE);
            assertThat(prepare.prepared().start()).isEqualTo(33);
        });
    }

    @Test
    void namesOfPreparedStatementsAreBytes() {
        assertThat(Sql.one("EXECUTE é").effect()).isEqualTo(new SessionEffect.Execute("\u00c3\u00a9"));
        assertThat(Sql.one("EXECUTE " + "s".repeat(70) + " (1)").effect())
                .isEqualTo(new SessionEffect.Execute("s".repeat(63)));
        assertThat(Sql.one("DEALLOCATE PREPARE ALL").effect()).isEqualTo(new SessionEffect.Deallocate(null));
        assertThat(Sql.one("DEALLOCATE prepare").effect()).isEqualTo(new SessionEffect.Deallocate("prepare"));
        assertThat(Sql.one("CREATE TABLE t AS EXECUTE s(1)").effect()).isEqualTo(new SessionEffect.Execute("s"));
    }

    @Test
    void resetsAreTold() {
        assertThat(Sql.one("RESET ALL").effect()).isEqualTo(new SessionEffect.ResetAll(false));
        assertThat(Sql.one("DISCARD ALL").effect()).isEqualTo(new SessionEffect.ResetAll(true));
        assertThat(Sql.one("DISCARD TEMPORARY").effect())
                .isEqualTo(new SessionEffect.Unpins(SessionEffect.Kind.TEMPORARY, null));
        assertThat(Sql.one("UNLISTEN *").effect()).isEqualTo(new SessionEffect.Unpins(SessionEffect.Kind.LISTEN, null));
        assertThat(Sql.one("UNLISTEN C").effect()).isEqualTo(new SessionEffect.Unpins(SessionEffect.Kind.LISTEN, "c"));
        assertThat(Sql.one("CLOSE c").effect()).isEqualTo(new SessionEffect.Unpins(SessionEffect.Kind.CURSOR, "c"));
    }

    @Test
    void aCursorWithoutHoldLeavesNothing() {
        StatementFacts facts = Sql.one("DECLARE c NO SCROLL CURSOR WITHOUT HOLD FOR SELECT * FROM t");
        assertThat(facts.effect()).isEqualTo(new SessionEffect.None());
        assertThat(facts.statementClass()).isEqualTo(READ);
    }
}
