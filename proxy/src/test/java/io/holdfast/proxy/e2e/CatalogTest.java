package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Protect.Preset;
import io.holdfast.proxy.cli.CheckCommand;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** What names stand for, as the server's catalog has it, decides where a statement goes and whether it waits. */
@Timeout(120)
class CatalogTest {
    private static final String IN_RECOVERY = "AS 'SELECT pg_is_in_recovery()'";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @AutoClose
    private static final ProxyFixture strict =
            ProxyFixture.builder().preset(Preset.STRICT).start();

    @Test
    void functionsThatOnlyReadGoToTheFollower() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "CREATE FUNCTION by_body() RETURNS bool LANGUAGE sql " + IN_RECOVERY);
            Sql.run(
                    ana,
                    "CREATE FUNCTION by_word() RETURNS bool STABLE LANGUAGE plpgsql AS 'BEGIN RETURN pg_is_in_recovery(); END'");
            Sql.run(
                    ana,
                    "CREATE FUNCTION by_nothing() RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN pg_is_in_recovery(); END'");
            Sql.run(ana, "CREATE VIEW by_view AS SELECT by_body() AS follower");
            // Through this proxy, so that it has looked again; and the follower has the functions soon.
            Eventually.holds(() -> "t".equals(Sql.text(ana, "SELECT by_body()")));
            assertThat(Sql.text(ana, "SELECT by_word()")).isEqualTo("t");
            assertThat(Sql.text(ana, "SELECT follower FROM by_view")).isEqualTo("t");
            assertThat(Sql.text(ana, "SELECT by_nothing()")).isEqualTo("f");
        }
    }

    @Test
    void preparedReadsGoWhereTheCatalogSays() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "CREATE FUNCTION prepared_body() RETURNS bool LANGUAGE sql " + IN_RECOVERY);
            try (var prepared = ana.prepareStatement("SELECT prepared_body()")) {
                Eventually.holds(() -> {
                    try (var rows = prepared.executeQuery()) {
                        return rows.next() && rows.getBoolean(1);
                    }
                });
            }
        }
    }

    @Test
    void unloggedTablesAreReadOnThePrimaryAtOnce() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "CREATE UNLOGGED TABLE catalog_unlogged AS SELECT 1 AS n");
            assertThat(Sql.number(ana, "SELECT n FROM catalog_unlogged")).isEqualTo(1);
        }
    }

    @Test
    void aFunctionThatEmptiesATableIsHeld() throws Exception {
        proxy.servers()
                .execute(
                        "CREATE TABLE catalog_kept AS SELECT 1 AS n",
                        "CREATE FUNCTION catalog_clean() RETURNS void LANGUAGE plpgsql AS 'BEGIN TRUNCATE catalog_kept; END'");
        try (Connection ana = proxy.connect("ana");
                var statement = ana.createStatement()) {
            statement.setQueryTimeout(2); // the driver cancels, which withdraws the hold
            assertThatThrownBy(() -> statement.execute("SELECT catalog_clean()"))
                    .isInstanceOf(SQLException.class);
            assertThat(statement.getWarnings().getMessage()).startsWith("held as H-");
            assertThat(Sql.number(ana, "SELECT count(*) FROM catalog_kept")).isEqualTo(1);
        }
    }

    @Test
    void strictLooksAgainBeforeItHoldsForAName() throws SQLException {
        try (Connection ana = strict.connect("ana")) {
            Sql.text(ana, "SELECT 1");
            strict.servers()
                    .execute(
                            "CREATE TABLE catalog_new AS SELECT 1 AS n",
                            "CREATE VIEW catalog_new_view AS SELECT n FROM catalog_new",
                            "CREATE FUNCTION catalog_new_body() RETURNS int LANGUAGE sql AS 'SELECT n FROM catalog_new'");
            assertThat(Sql.number(ana, "SELECT n FROM catalog_new_view")).isEqualTo(1);
            assertThat(Sql.number(ana, "SELECT catalog_new_body()")).isEqualTo(1);
            assertThat(Sql.run(ana, "INSERT INTO catalog_new VALUES (2)")).isEqualTo(1);
            assertThatThrownBy(() -> Sql.run(ana, "SELECT no_such_function()"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42883"));
        }
    }

    @Test
    void checkAsksTheDatabase() throws SQLException {
        proxy.servers()
                .execute(
                        "CREATE TABLE catalog_checked (n int)",
                        "CREATE FUNCTION catalog_total() RETURNS int LANGUAGE sql AS 'SELECT sum(n)::int FROM catalog_checked'");
        String sql = "SELECT catalog_total(); SELECT * FROM catalog_checked;";
        assertThat(check(sql)).isEqualToNormalizingNewlines("""
                stdin:1: forward write       primary  SELECT: calls catalog_total, which is not a built-in [guardrail]
                stdin:1: forward read        follower SELECT: only reads [guardrail]
                """);
        TestServers servers = proxy.servers();
        String url = "postgresql://ana:" + TestServers.PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + servers.primary().port() + '/' + TestServers.DATABASE;
        assertThat(check(sql, "--connect", url)).isEqualToNormalizingNewlines("""
                stdin:1: forward read        follower SELECT: only reads [guardrail]
                stdin:1: forward read        follower SELECT: only reads [guardrail]
                """);
    }

    private static String check(String sql, String... arguments) {
        var command = new CheckCommand(
                new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8)),
                InstantSource.fixed(Instant.parse("2026-03-11T12:00:00Z")));
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }
}
