package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are CI, at a proxy of production and at one of local servers. */
@Timeout(120)
class CiTest {
    private static TestServers servers;
    private static ProxyFixture production;
    private static ProxyFixture local;
    private static FakeSlack slack;

    @BeforeAll
    static void open() throws SQLException {
        servers = TestServers.start(0);
        administer("CREATE ROLE builder LOGIN PASSWORD '" + TestServers.PASSWORD + '\'');
        slack = new FakeSlack();
        production = ProxyFixture.builder()
                .servers(servers)
                .ci(config())
                .admin()
                .notify(new Notify(
                        null,
                        new Notify.Slack(new Way.IncomingWebhook(slack.webhook()), SlackClicker.SIGNING_SECRET, false),
                        null))
                .start();
        local = ProxyFixture.builder()
                .servers(servers)
                .environment(Environment.LOCAL)
                .ci(config())
                .start();
    }

    private static CiConfig config() {
        return new CiConfig(
                Mode.NORMAL,
                List.of(),
                true,
                List.of(new CiRule("builders", List.of(), Set.of("builder"), List.of())),
                Silence.TRUST,
                "SELECT CASE current_database() WHEN 'query_says' THEN 'staging' END",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10));
    }

    @AfterAll
    static void close() {
        local.close();
        production.close();
        slack.close();
        servers.close();
    }

    @Test
    void aTestSuiteDoesNotGetIntoProductionAndEverybodyElseDoes() throws Exception {
        SQLException refusal = Failure.of("PW008", () -> connect(production, "shop", "ana", "rspec"));

        assertThat(refusal.getMessage())
                .contains(
                        "FATAL: connection refused: CI reaches local databases only, and database \"shop\" is production")
                .contains(
                        "Detail: Taken for CI by its well-known name rspec: application_name \"rspec\". The configuration"
                                + " calls its server production.")
                .contains("Hint: Point the job at a database on its own machine.");
        try (Connection ana = connect(production, "shop", "ana", "latest_test")) {
            assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
        }
        assertThat(Files.readString(production.audit()))
                .contains("\"kind\":\"ci_refused\"")
                .contains("\"rule\":\"ci: well-known name rspec\"");
    }

    @Test
    void slackIsToldOnceForAJobOfManyWorkers() throws SQLException {
        for (int worker = 1; worker <= 4; worker++) {
            String name = "Gradle Test Executor " + worker;
            Failure.of("PW008", () -> connect(production, "shop", "ana", name));
        }
        slack.awaitMessage(message -> message.text().contains("Gradle Test Executor 1"));
        Failure.of("PW008", () -> connect(production, "shop", "ana", "testhost"));
        slack.awaitMessage(message -> message.text().contains("`testhost`"));

        assertThat(slack.messages().stream().filter(message -> message.text().contains("Gradle Test Executor")))
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .contains("CI was kept away from database `shop`.")
                        .contains("User `ana` from `127.0.0.1` with `Gradle Test Executor 1`"));
        assertThat(slack.problems()).isEmpty();
    }

    @Test
    void operatorsSeeWhoIsCiAndWhatADatabaseCountsAs() throws SQLException {
        create("seen_test");
        try (Connection suite = connect(local, "seen_test", "ana", "phpunit");
                ConsoleClient cy = local.console("cy")) {
            assertThat(suite.isValid(5)).isTrue();
            assertThat(cy.rows("SHOW SESSIONS"))
                    .anyMatch(row -> row.contains("seen_test") && row.contains("well-known name phpunit"));
            assertThat(cy.rows("SHOW STATS"))
                    .anyMatch(row -> row.contains("environment of seen_test")
                            && row.contains("local; it does not say what it is"));
        }
    }

    @Test
    void aUserOfARuleAndAClientThatSaysSoAreCi() {
        assertThat(Failure.of("PW008", () -> connect(production, "shop", "builder", "psql"))
                        .getMessage())
                .contains("Taken for CI by rule \"builders\": user \"builder\"");
        assertThat(Failure.of("PW008", () -> production.connect("ana", Map.of("options", "-c holdfast.origin=ci")))
                        .getMessage())
                .contains("Taken for CI by its startup option: startup option holdfast.origin=ci");
    }

    @Test
    void aLocalDatabaseIsOpenToCiAndKeepsWhatTheClientSaidOfItself() throws SQLException {
        create("open_test");
        try (Connection suite = DriverManager.getConnection(
                local.url("open_test"),
                ProxyFixture.properties(
                        "ana", Map.of("ApplicationName", "pytest", "options", "-c holdfast.origin=ci")))) {
            assertThat(Sql.text(suite, "SHOW holdfast.origin")).isEqualTo("ci");
        }
    }

    @Test
    void aDatabaseThatSaysProductionIsProductionAlsoOnALocalServer() throws SQLException {
        create("says_so");
        administer("ALTER DATABASE says_so SET holdfast.environment = 'production'");
        try {
            assertThat(Failure.of("PW008", () -> connect(local, "says_so", "ana", "jest"))
                            .getMessage())
                    .contains("database \"says_so\" is production")
                    .contains("Setting holdfast.environment of database \"says_so\" says \"production\".");
            create("beside");
            assertThat(Failure.of("PW008", () -> connect(local, "beside", "ana", "jest"))
                            .getMessage())
                    .as("who can log in beside it can drop it")
                    .contains("Setting holdfast.environment of database \"says_so\" says \"production\".");
            administer("ALTER DATABASE beside SET holdfast.environment = 'test'");
            eventuallyConnects("beside", "jest");
            try (Connection ana = connect(local, "says_so", "ana", "psql")) {
                assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
            }
        } finally {
            administer("ALTER DATABASE says_so RESET holdfast.environment");
        }
    }

    @Test
    void railsMetadataIsHeardAndMustBeReadable() throws SQLException {
        create("rails_app");
        in("rails_app", "CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar)");
        assertThat(Failure.of("PW008", () -> connect(local, "rails_app", "ana", "rspec"))
                        .getMessage())
                .contains("database \"rails_app\" is not known to be local")
                .contains(
                        "user \"holdfast\" may not read ar_internal_metadata in schema \"public\" of database \"rails_app\";"
                                + " GRANT SELECT on it");
        try (Connection ana = connect(local, "rails_app", "ana", "psql")) {
            assertThat(Sql.number(ana, "SELECT 1"))
                    .as("people are not locked out")
                    .isEqualTo(1);
        }

        in("rails_app", "GRANT SELECT ON ar_internal_metadata TO holdfast");
        Eventually.holds(
                () -> refusal("rails_app", "rspec").contains("has no environment; bin/rails db:environment:set"));
        in("rails_app", "INSERT INTO ar_internal_metadata VALUES ('environment', 'production')");
        Eventually.holds(
                () -> refusal("rails_app", "rspec").contains("Table ar_internal_metadata in schema public says"));
        in("rails_app", "UPDATE ar_internal_metadata SET value = 'test'");
        eventuallyConnects("rails_app", "rspec");
    }

    @Test
    void ofSeveralRailsTablesOneThatSaysProductionIsEnough() throws SQLException {
        create("tenants");
        in("tenants", "CREATE SCHEMA a; CREATE SCHEMA z; GRANT USAGE ON SCHEMA a, z TO holdfast");
        for (String schema : List.of("a", "public", "z")) {
            in(
                    "tenants",
                    "CREATE TABLE " + schema + ".ar_internal_metadata (key varchar, value varchar);"
                            + " GRANT SELECT ON " + schema + ".ar_internal_metadata TO holdfast;"
                            + " INSERT INTO " + schema + ".ar_internal_metadata VALUES ('environment', 'test')");
        }
        assertThat(refusal("tenants", "rspec")).isEmpty();
        for (String schema : List.of("a", "public", "z")) {
            in("tenants", "UPDATE " + schema + ".ar_internal_metadata SET value = 'production'");
            Eventually.holds(() -> refusal("tenants", "rspec")
                    .contains("Table ar_internal_metadata in schema " + schema + " says \"production\""));
            in("tenants", "UPDATE " + schema + ".ar_internal_metadata SET value = 'test'");
            eventuallyConnects("tenants", "rspec");
        }
    }

    @Test
    void aWordCountsWhereverTheServerKeepsItForAll() throws SQLException {
        create("kept");
        saysUntilReset(
                "kept",
                "ALTER ROLE ALL IN DATABASE kept SET holdfast.environment = 'production'",
                "ALTER ROLE ALL IN DATABASE kept RESET holdfast.environment",
                "of database \"kept\"");
        saysUntilReset(
                "kept",
                "ALTER ROLE ALL SET holdfast.environment = 'production'",
                "ALTER ROLE ALL RESET holdfast.environment",
                "of all databases");
    }

    @Test
    void aWordInTheServersFileCounts() throws SQLException {
        try (Connection superuser = servers.superuser()) {
            assumeTrue(
                    Sql.number(superuser, "SELECT current_setting('server_version_num')::int") >= 170_000,
                    "ALTER SYSTEM takes no such name before 17");
        }
        create("filed");
        saysUntilReset(
                "filed",
                "ALTER SYSTEM SET holdfast.environment = 'production'",
                "ALTER SYSTEM RESET holdfast.environment",
                "of the server");
    }

    private static void saysUntilReset(String database, String set, String reset, String where) throws SQLException {
        try {
            administer(set, "SELECT pg_reload_conf()");
            Eventually.holds(() -> refusal(database, "rspec")
                    .contains("Setting holdfast.environment " + where + " says \"production\""));
        } finally {
            administer(reset, "SELECT pg_reload_conf()");
        }
        eventuallyConnects(database, "rspec");
    }

    @Test
    void aWordForOneUserDoesNotCount() throws SQLException {
        create("one_user");
        administer("ALTER ROLE ana IN DATABASE one_user SET holdfast.environment = 'production'");

        assertThat(refusal("one_user", "rspec")).isEmpty();
    }

    @Test
    void aSessionThatIsOpenEndsWhenItsDatabaseBecomesProduction() throws SQLException {
        create("promoted");
        try (Connection suite = connect(local, "promoted", "ana", "vitest");
                Connection person = connect(local, "promoted", "ana", "psql")) {
            assertThat(Sql.number(suite, "SELECT 1")).isEqualTo(1);
            administer("ALTER DATABASE promoted SET holdfast.environment = 'production'");
            try {
                Eventually.holds(() -> {
                    try {
                        return Sql.number(suite, "SELECT 1") != 1;
                    } catch (SQLException e) {
                        return "PW008".equals(e.getSQLState());
                    }
                });
                assertThat(suite.isClosed() || !suite.isValid(1)).isTrue();
                assertThat(Sql.number(person, "SELECT 1")).isEqualTo(1);
            } finally {
                administer("ALTER DATABASE promoted RESET holdfast.environment");
            }
        }
    }

    @Test
    void aNameTakenLaterCountsFromTheNextStatementOn() throws SQLException {
        try (Connection ana = connect(production, "shop", "ana", "psql");
                Statement statement = ana.createStatement()) {
            statement.execute("SET application_name = 'rspec'");
            assertThat(Failure.of("PW008", () -> statement.execute("SELECT 1")).getMessage())
                    .contains("FATAL: connection refused: CI reaches local databases only");
            assertThat(ana.isValid(1)).isFalse();
        }
    }

    @Test
    void aDatabaseThatCannotBeAskedIsClosedToCiAndNotToPeople() throws SQLException {
        create("unasked");
        administer("REVOKE CONNECT ON DATABASE unasked FROM PUBLIC", "GRANT CONNECT ON DATABASE unasked TO ana");

        assertThat(refusal("unasked", "rspec"))
                .contains("database \"unasked\" is not known to be local")
                .contains("permission denied for database");
        try (Connection ana = connect(local, "unasked", "ana", "psql")) {
            assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void theOperatorsQueryIsAskedToo() throws SQLException {
        create("query_says");

        assertThat(refusal("query_says", "rspec"))
                .contains("database \"query_says\" is staging")
                .contains("The environment-query in database \"query_says\" says \"staging\".");
    }

    @Test
    void aDatabaseThatDoesNotExistIsTheServersToRefuse() {
        Failure.of("3D000", () -> connect(local, "no_such_test", "ana", "rspec"));
    }

    private static void eventuallyConnects(String database, String application) {
        Eventually.holds(() -> refusal(database, application).isEmpty());
    }

    /** What it is told; empty: it gets in. */
    private static String refusal(String database, String application) {
        try (Connection connection = connect(local, database, "ana", application)) {
            return connection.isValid(5) ? "" : "not valid";
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("PW008");
            return String.valueOf(e.getMessage());
        }
    }

    private static Connection connect(ProxyFixture proxy, String database, String user, String application)
            throws SQLException {
        return DriverManager.getConnection(
                proxy.url(database),
                ProxyFixture.properties(user, Map.of("ApplicationName", application, "assumeMinServerVersion", "14")));
    }

    private static void create(String database) throws SQLException {
        administer("CREATE DATABASE " + database);
    }

    private static void administer(String... statements) throws SQLException {
        servers.administer(statements);
    }

    private static void in(String database, String sql) throws SQLException {
        try (Connection superuser = servers.primary().connect(database)) {
            Sql.run(superuser, sql);
        }
    }
}
