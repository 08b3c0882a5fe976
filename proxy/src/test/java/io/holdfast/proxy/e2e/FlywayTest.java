package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flyway migrates under guardrail; only what destroys waits. */
@Timeout(120)
class FlywayTest {
    private static final int MIGRATIONS = 4;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @Test
    void anOrdinaryMigrationIsNotHeld() throws Exception {
        Flyway flyway = migrations("flyway_plain");
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(MIGRATIONS);
        assertThat(flyway.migrate().migrationsExecuted).as("the second time").isZero();
        flyway.validate();
        assertThat(flyway.info().applied())
                .extracting(info -> info.getDescription())
                .contains("authors and books");
        assertThat(proxy.servers().count("flyway_plain.shelf")).isEqualTo(1);
        assertThat(proxy.servers().count("flyway_plain.longest_books")).isEqualTo(1);
        try (ConsoleClient cy = proxy.console("cy")) {
            assertThat(cy.holds()).noneMatch(hold -> hold.statement().contains("flyway_plain"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalAtOnceMigrateOnce(boolean transactionalLock) throws Exception {
        String schema = "flyway_race_" + transactionalLock;
        // Not the index that is made concurrently: it waits for the transactions that hold, or wait for, the lock.
        var racers = Stream.generate(() -> locked(Migrations.into(schema, proxy).target("2"), transactionalLock))
                .limit(3)
                .map(flyway -> Background.run(flyway::migrate))
                .toList();
        int executed = 0;
        for (Background<MigrateResult> racer : racers) {
            executed += racer.result().migrationsExecuted;
        }
        assertThat(executed).isEqualTo(3);
    }

    @Test
    void whatDestroysWaitsInsideTheMigration() throws Exception {
        migrations("flyway_drop").migrate();
        Flyway flyway = locked(Migrations.withDestruction("flyway_drop", proxy), false);
        try (ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            var migrating = Background.run(flyway::migrate);
            String id = cy.awaitWaiting("DROP VIEW shelf");
            cy.approve(id);
            di.approve(id);
            id = cy.awaitWaiting("DROP TABLE book");
            assertThatExceptionOfType(FlywayException.class)
                    .isThrownBy(migrating::result)
                    .withMessageContaining("PW004")
                    .withMessageContaining(id);
            assertThat(proxy.servers().count("flyway_drop.shelf"))
                    .as("the whole migration is rolled back")
                    .isEqualTo(1);
        }
    }

    @Test
    void cleanIsHeldAndADenialLeavesEverything() throws Exception {
        migrations("flyway_clean").migrate();
        Flyway flyway = locked(Migrations.into("flyway_clean", proxy).cleanDisabled(false), false);
        try (ConsoleClient cy = proxy.console("cy")) {
            var cleaning = Background.run(flyway::clean);
            // It does not take the first no, nor the second: each statement is tried twice.
            for (String drop : List.of("DROP VIEW", "DROP VIEW", "DROP SCHEMA")) {
                String id = cy.awaitWaiting(drop);
                assertThat(cy.rows("SHOW HOLD " + id))
                        .contains(
                                "warning|looks like a test suite's cleaner (Flyway's clean: it drops all that is in a schema)");
                cy.deny(id, "this is production");
            }
            cleaning.result(); // and reports no error
        }
        assertThat(proxy.servers().count("flyway_clean.book")).isEqualTo(1);
        flyway.validate();
    }

    private static Flyway migrations(String schema) {
        return locked(Migrations.into(schema, proxy), false);
    }

    /**
     * Flyway's lock belongs to a transaction that stays open, or to the session. CREATE INDEX CONCURRENTLY would wait for the
     * former for ever, with or without a proxy.
     */
    private static Flyway locked(FluentConfiguration configuration, boolean transactional) {
        Objects.requireNonNull(configuration.getConfigurationExtension(PostgreSQLConfigurationExtension.class))
                .setTransactionalLock(transactional);
        return configuration.load();
    }
}
