package io.holdfast.proxy.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.ci.CleanerSignature.Circumstances;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools send, as they send it, and what people type. */
class CleanerSignatureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Database Cleaner, ActiveRecord and Sequel
                "TRUNCATE TABLE \"public\".\"users\", \"public\".\"posts\" RESTART IDENTITY CASCADE; | Database Cleaner's truncation: 2 tables in one statement",
                "TRUNCATE TABLE \"public\".\"users\" RESTART IDENTITY CASCADE; | Database Cleaner's truncation: 1 table in one statement",
                // Rails' truncate_tables, with the comment of its query log
                "TRUNCATE TABLE \"users\", \"posts\" RESTART IDENTITY CASCADE /*application:Shop*/ | Rails' truncate_tables: 2 tables in one statement",
                // Django's flush, old and new
                "TRUNCATE \"auth_user\", \"auth_group\"; | Django's flush",
                "TRUNCATE \"auth_user\", \"auth_group\" RESTART IDENTITY CASCADE; | Django's flush",
                // a JavaScript helper: knex-cleaner and its like
                "TRUNCATE a, b, c, d, e CASCADE | a truncation: 5 tables in one statement",
                // Rails' db:schema:load and Sequelize
                "DROP TABLE IF EXISTS \"users\" CASCADE | db:schema:load",
                "DROP TABLE IF EXISTS \"public\".\"users\" CASCADE; | db:schema:load",
                // Rails' db:test:purge, Django's test database, Prisma
                "DROP DATABASE IF EXISTS \"shop\" | a whole database",
                "DROP DATABASE \"test_shop\" | a whole database",
                "DROP SCHEMA \"public\" CASCADE | Prisma's migrate reset",
                "drop schema public cascade; create schema public | Prisma's migrate reset",
                "DROP SCHEMA IF EXISTS \"tenant\" CASCADE | Prisma's migrate reset",
                // Laravel's migrate:fresh
                "drop table \"public\".\"users\",\"public\".\"jobs\" cascade | Laravel's migrate:fresh: 2 names in one statement",
                // Hibernate
                "alter table if exists items drop constraint if exists FK44erruuo3isrqx954hf68lwqn | Hibernate's create-drop",
                // Rails' fixtures
                "ALTER TABLE \"users\" DISABLE TRIGGER ALL;ALTER TABLE \"posts\" DISABLE TRIGGER ALL | the triggers of 2 tables",
                "DELETE FROM \"users\";DELETE FROM \"posts\";DELETE FROM \"tags\";INSERT INTO \"tags\" VALUES (1) | every row of 3 tables, one after the other",
                "SET session_replication_role = 'replica';DELETE FROM a;DELETE FROM b | every row of 2 tables, with triggers switched off",
                // a helper in PL/pgSQL
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('TRUNCATE TABLE %I', r.tablename); END LOOP; END $$ | a block of code that looks for tables",
            })
    void whatToolsSendIsCalledByItsName(String sql, String name) {
        assertThat(seen(sql).orElse("nothing"))
                .startsWith("a test suite's cleaner (")
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE orders",
                "TRUNCATE \"Orders\"",
                "truncate orders, order_items, payments cascade",
                "TRUNCATE TABLE public.orders RESTART IDENTITY",
                "DELETE FROM orders",
                "DELETE FROM orders; DELETE FROM order_items",
                "DROP TABLE orders",
                "DROP TABLE IF EXISTS orders CASCADE",
                "DROP TABLE old_orders, older_orders",
                "DROP SCHEMA tenant_42 CASCADE",
                "DROP SCHEMA \"tenant\"",
                "DROP DATABASE shop_2019",
                "ALTER TABLE orders DISABLE TRIGGER ALL",
                "ALTER TABLE orders DISABLE TRIGGER audit_row",
                "ALTER TABLE orders DROP CONSTRAINT orders_customer_fk",
                "alter table if exists orders drop constraint if exists fk_customer",
                "SET session_replication_role = 'replica'",
                "SELECT 1",
                "UPDATE orders SET total = 0",
                "DO $$ BEGIN DELETE FROM orders; END $$",
                "not even SQL",
            })
    void whatAPersonTypesIsNot(String sql) {
        assertThat(seen(sql)).isEmpty();
    }

    @Test
    void fourteenTablesAreCounted() {
        String tables =
                IntStream.range(0, 14).mapToObj(i -> "\"public\".\"t" + i + '"').collect(Collectors.joining(", "));

        assertThat(seen("TRUNCATE TABLE " + tables + " RESTART IDENTITY CASCADE;"))
                .contains("a test suite's cleaner (Database Cleaner's truncation: 14 tables in one statement)");
    }

    @Test
    void oneTableAfterTheOtherIsSeenAtTheThird() {
        List<CleanerStep> before = steps("truncate users restart identity cascade");
        before.addAll(steps("truncate posts restart identity cascade"));

        assertThat(seen("truncate posts restart identity cascade", before, "")).isEmpty();
        assertThat(seen("truncate tags restart identity cascade", before, ""))
                .contains("a test suite's cleaner (every row of 3 tables, one after the other)");
        assertThat(seen("DELETE FROM tags", before, "")).isPresent();
        assertThat(seen("DELETE FROM tags WHERE id = 3", before, "")).isEmpty();
    }

    @Test
    void tablesDroppedOneAfterTheOtherAreACleanersUnlessSomebodyRestores() {
        List<CleanerStep> before = steps("DROP TABLE users");
        before.addAll(steps("DROP VIEW posts"));

        assertThat(seen("DROP TABLE tags", before, "python").orElseThrow())
                .contains("3 tables, views or types are dropped one after the other");
        assertThat(seen("DROP TABLE tags", before, "pg_restore")).isEmpty();
    }

    @Test
    void aRestoreSwitchesTriggersOffAndOnAgainTableByTable() {
        List<CleanerStep> before = new ArrayList<>();
        for (String table : List.of("a", "b", "c", "d")) {
            before.addAll(steps("ALTER TABLE public." + table + " DISABLE TRIGGER ALL"));
            before.addAll(steps("ALTER TABLE public." + table + " ENABLE TRIGGER ALL"));
        }

        assertThat(seen("ALTER TABLE public.e DISABLE TRIGGER ALL", before, "pg_restore"))
                .isEmpty();
    }

    @Test
    void theTablesOfHibernateGoAfterTheirForeignKeys() {
        List<CleanerStep> before =
                steps("alter table if exists items drop constraint if exists FK44erruuo3isrqx954hf68lwqn");

        assertThat(seen("drop table if exists items cascade", before, "PostgreSQL JDBC Driver")
                        .orElseThrow())
                .contains("Hibernate's create-drop");
    }

    @Test
    void flywaysCleanIsKnownByItsApplicationNameOrByTheListThatItAsksFor() {
        String sql = "DROP VIEW IF EXISTS \"public\".\"v1\" CASCADE";

        assertThat(seen(sql, List.of(), "Redgate_Flyway"))
                .contains("a test suite's cleaner (Flyway's clean: it drops all that is in a schema)");
        assertThat(seen("DROP TABLE \"public\".\"t1\" CASCADE", List.of(), "Redgate_Flyway"))
                .isPresent();
        assertThat(seen("DROP SCHEMA \"s\" CASCADE", List.of(), "Redgate_Flyway")
                        .orElseThrow())
                .contains("Flyway");
        assertThat(seen("DROP TABLE book", List.of(), "Redgate_Flyway"))
                .as("a migration")
                .isEmpty();
        assertThat(CleanerSignature.of(
                        steps("DROP TABLE \"public\".\"t1\" CASCADE"), List.of(), new Circumstances("", true)))
                .isPresent();
    }

    @Test
    void aHugeStatementIsNotLookedInto() {
        assertThat(seen("TRUNCATE \"a\", \"b\" /* " + "x".repeat(1 << 20) + " */ CASCADE"))
                .isEmpty();
    }

    @Test
    void whatSqlHasPreparedHasNoTextToLookInto() {
        byte[] prepare = "PREPARE p AS DELETE FROM a".getBytes(UTF_8);
        StatementFacts facts =
                StatementReader.read(prepare, 0, prepare.length).statements().getFirst();
        assertThat(facts.effect())
                .isInstanceOfSatisfying(
                        SessionEffect.Prepare.class,
                        prepared -> assertThat(CleanerReader.read(prepared.prepared(), new byte[0]))
                                .isEmpty());
    }

    private static Optional<String> seen(String sql) {
        return seen(sql, List.of(), "");
    }

    private static Optional<String> seen(String sql, List<CleanerStep> before, String application) {
        return CleanerSignature.of(steps(sql), before, new Circumstances(application, false));
    }

    private static List<CleanerStep> steps(String sql) {
        byte[] text = sql.getBytes(UTF_8);
        List<CleanerStep> steps = new ArrayList<>();
        for (StatementFacts facts : StatementReader.read(text, 0, text.length).statements()) {
            CleanerReader.read(facts, text).ifPresent(steps::add);
        }
        return steps;
    }
}
