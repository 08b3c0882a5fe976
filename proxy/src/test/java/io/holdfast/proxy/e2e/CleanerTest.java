package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What test suites send to empty a database is held like anything that destroys, and called what it is. */
@Timeout(120)
class CleanerTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @BeforeAll
    static void tables() throws SQLException {
        proxy.servers()
                .execute(
                        "CREATE SCHEMA cleaned",
                        "CREATE TABLE cleaned.one AS SELECT 1 AS id",
                        "CREATE TABLE cleaned.two AS SELECT 1 AS id",
                        "CREATE TABLE cleaned.three AS SELECT 1 AS id",
                        "CREATE VIEW cleaned.seen AS SELECT * FROM cleaned.one");
    }

    @Test
    void databaseCleanersTruncationIsNamedWhereverItIsSeen() throws Exception {
        try (Connection rails = proxy.connect("ana", Map.of("ApplicationName", "rspec"));
                Statement statement = rails.createStatement();
                ConsoleClient cy = proxy.console("cy")) {
            var cleaning = Background.run(() -> statement.execute(
                    "TRUNCATE TABLE \"cleaned\".\"one\", \"cleaned\".\"two\" RESTART IDENTITY CASCADE;"));
            String id = cy.awaitWaiting("TRUNCATE TABLE \"cleaned\"");

            String name =
                    "looks like a test suite's cleaner (Database Cleaner's truncation: 2 tables in one statement)";
            assertThat(cy.rows("SHOW HOLD " + id)).contains("warning|" + name);
            cy.deny(id, "this is production");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(cleaning::result)
                    .withMessageContaining("was denied by cy")
                    .withMessageContaining("this is production");
            assertThat(Objects.requireNonNull(statement.getWarnings()).getMessage())
                    .contains(id);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(Files.readString(proxy.audit())).contains("\"note\":\"" + name));
        }
        assertThat(proxy.servers().count("cleaned.one")).isEqualTo(1);
    }

    @Test
    void oneTableAfterTheOtherIsNamedFromTheThirdOn() throws Exception {
        try (Connection suite = proxy.connect("bo", Map.of("ApplicationName", "mocha"));
                Statement statement = suite.createStatement();
                ConsoleClient cy = proxy.console("cy")) {
            for (String table : List.of("cleaned.one", "cleaned.two", "cleaned.three")) {
                var cleaning = Background.run(() -> statement.execute("DELETE FROM " + table));
                String id = cy.awaitWaiting("DELETE FROM " + table);
                assertThat(cy.rows("SHOW HOLD " + id).toString().contains("every row of 3 tables, one after the other"))
                        .as(table)
                        .isEqualTo(table.equals("cleaned.three"));
                cy.deny(id, "no");
                assertThatExceptionOfType(SQLException.class).isThrownBy(cleaning::result);
            }
        }
    }

    @Test
    void hibernatesCreateDropIsNamedAtItsFirstStatement() throws Exception {
        try (ConsoleClient cy = proxy.console("cy")) {
            var cleaning = Background.run(() -> {
                new HibernatePersistenceConfiguration("cleaner")
                        .managedClasses(One.class, Two.class)
                        .properties(Map.of(
                                "hibernate.connection.url", proxy.url(TestServers.DATABASE),
                                "hibernate.connection.username", "ana",
                                "hibernate.connection.password", TestServers.PASSWORD,
                                "hibernate.default_schema", "cleaned",
                                "hibernate.hbm2ddl.auto", "drop"))
                        .createEntityManagerFactory()
                        .close();
                return "done";
            });
            for (String sql : List.of(
                    "drop constraint", "drop table if exists cleaned.one", "drop table if exists cleaned.two")) {
                String id = cy.awaitWaiting(sql);
                assertThat(cy.rows("SHOW HOLD " + id).toString()).contains("Hibernate's create-drop");
                cy.deny(id, "this is production");
            }
            cleaning.result();
        }
        assertThat(proxy.servers().count("cleaned.two")).isEqualTo(1);
    }

    @Entity(name = "one")
    static class One {
        @Id
        long id;

        @ManyToOne
        Two two;
    }

    @Entity(name = "two")
    static class Two {
        @Id
        long id;
    }
}
