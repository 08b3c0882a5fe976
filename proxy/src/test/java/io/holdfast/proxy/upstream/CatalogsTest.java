package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.execute;
import static io.holdfast.proxy.upstream.Live.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CatalogsTest {
    private static final String DATABASE = "postgres";

    private static PostgresCluster cluster;
    private static Upstream config;
    private static UpstreamMonitor monitor;
    private static Catalogs catalogs;

    @BeforeAll
    static void start() throws SQLException {
        cluster = PostgresCluster.builder().start();
        execute(cluster.primary(), "CREATE ROLE looker LOGIN PASSWORD 'around'", "CREATE TABLE orders (id int)");
        config = Live.upstream(new Account("looker", "around", DATABASE), cluster.primary());
        monitor = Live.monitor(config);
        catalogs = new Catalogs(config, monitor);
    }

    @AfterAll
    static void stop() {
        catalogs.close();
        monitor.close();
        cluster.close();
    }

    @Test
    void anyAccountCanReadIt() throws SQLException {
        execute(
                cluster.primary(),
                "CREATE FUNCTION old_style() RETURNS int LANGUAGE sql AS 'DELETE FROM orders RETURNING 1'",
                "CREATE FUNCTION atomic() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM orders; END",
                "CREATE FUNCTION procedural() RETURNS void LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; END'",
                "CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders'",
                "CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
                "CREATE VIEW bad_view AS SELECT old_style()",
                "CREATE VIEW good_view AS SELECT total(), agg(id) FROM orders",
                "CREATE UNLOGGED TABLE unlogged (n int)",
                "CREATE TABLE ruled (n int)",
                "CREATE RULE r AS ON INSERT TO ruled DO ALSO DELETE FROM orders",
                "CREATE DOMAIN small AS int CHECK (VALUE < 10)",
                "CREATE DOMAIN wild AS int CHECK (old_style() IS NULL)");
        assertClass("SELECT old_style()", StatementClass.DESTRUCTIVE);
        assertClass("SELECT atomic()", StatementClass.DESTRUCTIVE);
        assertClass("SELECT procedural()", StatementClass.DESTRUCTIVE);
        assertClass("SELECT total(), public.total(), agg(1)", StatementClass.READ);
        assertClass("SELECT * FROM bad_view", StatementClass.DESTRUCTIVE);
        assertClass("SELECT * FROM good_view", StatementClass.READ);
        assertClass("SELECT * FROM unlogged", StatementClass.WRITE);
        assertClass("INSERT INTO ruled VALUES (1)", StatementClass.DESTRUCTIVE);
        assertClass("SELECT 1::small", StatementClass.READ);
        assertClass("SELECT 1::wild", StatementClass.DESTRUCTIVE);
        assertThat(catalogs.refreshed(DATABASE).toCompletableFuture().join().function(1598))
                .hasToString("pg_catalog.random");
    }

    @Test
    void whatAViewCallsKeepsItsMeaningWhenItIsRenamed() throws SQLException {
        execute(
                cluster.primary(),
                "CREATE FUNCTION before() RETURNS int LANGUAGE sql AS 'DELETE FROM orders RETURNING 1'",
                "CREATE VIEW calls AS SELECT before()");
        assertClass("SELECT * FROM calls", StatementClass.DESTRUCTIVE);
        execute(cluster.primary(), "ALTER FUNCTION before() RENAME TO afterwards");
        assertClass("SELECT * FROM calls", StatementClass.DESTRUCTIVE);
    }

    @Test
    void aChangeIsSeenSoonAfterItIsTold() throws SQLException {
        execute(cluster.primary(), "CREATE FUNCTION changing() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        assertClass("SELECT changing()", StatementClass.READ);
        execute(
                cluster.primary(),
                "CREATE OR REPLACE FUNCTION changing() RETURNS int LANGUAGE sql AS 'DELETE FROM orders; SELECT 1'");
        catalogs.changed(DATABASE);
        until(() -> resolve(catalogs.current(DATABASE), "SELECT changing()").statementClass()
                == StatementClass.DESTRUCTIVE);
    }

    @Test
    void whatIsLockedLeavesWhatWasKnown() throws SQLException {
        execute(cluster.primary(), "CREATE TABLE locked (n int)", "CREATE VIEW over_locked AS SELECT * FROM locked");
        try (Catalogs own = new Catalogs(config, monitor);
                Connection locker = cluster.primary().connect(DATABASE);
                Statement statement = locker.createStatement()) {
            own.refreshed(DATABASE).toCompletableFuture().join();
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE locked");
            execute(cluster.primary(), "CREATE TABLE unlike_before (n int)"); // what has not changed is not read again
            assertThatThrownBy(
                            () -> own.refreshed(DATABASE).toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class);
            assertThat(resolve(own.current(DATABASE), "SELECT * FROM over_locked")
                            .opaque())
                    .isEmpty();
            locker.rollback();
        }
    }

    @Test
    void aDatabaseThatTheAccountMayNotEnterIsUnknown() throws SQLException {
        execute(cluster.primary(), "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
        assertThatThrownBy(
                        () -> catalogs.refreshed("closed").toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("permission denied for database");
        assertThat(resolve(catalogs.current("closed"), "SELECT * FROM t").opaque())
                .hasSize(1);
    }

    private static void assertClass(String sql, StatementClass expected) {
        Catalog catalog = catalogs.refreshed(DATABASE).toCompletableFuture().join();
        StatementFacts facts = resolve(catalog, sql);
        assertThat(facts.statementClass()).as(sql + ": " + facts.reason()).isEqualTo(expected);
    }

    private static StatementFacts resolve(Catalog catalog, String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return catalog.resolve(
                StatementReader.read(text, 0, text.length).statements().getFirst(), text, false);
    }
}
