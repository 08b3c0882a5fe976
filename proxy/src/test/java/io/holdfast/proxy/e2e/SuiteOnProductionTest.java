package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.proxy.Main;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.Tunnel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Test suites in several languages whose environment points at a production database, each a real program: the guard does not start them,
 * the proxy does not let them in, and those that it does not recognise wait, called what they are. Not a row is lost.
 */
@Timeout(180)
class SuiteOnProductionTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path NODE_POSTGRES =
            Path.of(System.getProperty("holdfast.root", ".."), "target", "node", "node_modules", "pg");
    private static final String PASSWORD = TestServers.PASSWORD.replace(" ", "%20");

    @AutoClose
    private static final TestServers servers = TestServers.start();

    private static ProxyFixture proxy;

    private static long orders;

    @TempDir
    private Path folder;

    /** Who cleans. */
    enum Suite {
        FLYWAY("holdfast.origin=ci"),
        NODE("jest"),
        PYTHON("pytest");

        /** By which the proxy knows it. */
        final String mark;

        Suite(String mark) {
            this.mark = mark;
        }
    }

    private record Run(int exitCode, String output) {}

    @BeforeAll
    static void production() throws SQLException {
        servers.administer("ALTER DATABASE shop SET holdfast.environment = 'production'");
        proxy = ProxyFixture.builder().servers(servers).start();
        orders = servers.count("orders");
        assertThat(orders).isPositive();
    }

    @org.junit.jupiter.api.AfterAll
    static void stop() {
        proxy.close();
    }

    @AfterEach
    void notARowIsLost() throws SQLException {
        assertThat(servers.count("orders")).isEqualTo(orders);
    }

    @ParameterizedTest
    @EnumSource
    void theGuardDoesNotStartASuiteBehindATunnelOnLocalhost(Suite suite) throws Exception {
        try (Tunnel ssh = Tunnel.at("127.0.0.1", servers.primary().port())) {
            Run run = guarded(suite, ssh.port());

            assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
            assertThat(run.output())
                    .contains(
                            "REFUSED: it is production: setting holdfast.environment of database \"shop\" says \"production\"")
                    .contains("Point it at a database on this machine.")
                    .contains("was not started")
                    .doesNotContain("cleaned");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGuardDoesNotStartASuiteBehindHoldfastEither(Suite suite) throws Exception {
        Run run = guarded(suite, proxy.port());

        assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
        assertThat(run.output())
                .contains("REFUSED: Holdfast keeps CI away from it")
                .contains("database \"shop\" is production")
                .doesNotContain("cleaned");
    }

    @ParameterizedTest
    @EnumSource
    void aRecognisedSuiteIsNotLetIn(Suite suite) throws Exception {
        Map<String, String> environment = environment(suite, proxy.port());
        switch (suite) {
            case FLYWAY -> environment.merge("SPRING_DATASOURCE_URL", "?options=-c%20" + suite.mark, String::concat);
            case NODE, PYTHON -> environment.put("PGAPPNAME", suite.mark);
        }

        Run run = run(command(suite), environment);

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .contains("CI reaches local databases only, and database \"shop\" is production")
                .contains("Point the job at a database on its own machine.")
                .doesNotContain("cleaned");
    }

    @ParameterizedTest
    @EnumSource
    void aSuiteThatNobodyRecognisesWaitsAndIsCalledACleaner(Suite suite) throws Exception {
        String held = switch (suite) {
            case FLYWAY -> "DROP";
            case NODE -> "TRUNCATE";
            case PYTHON -> "DELETE FROM payments";
        };
        Process process = start(command(suite), environment(suite, proxy.port()));
        try (ConsoleClient cy = proxy.console("cy")) {
            String id = cy.awaitWaiting(held);
            if (suite != Suite.PYTHON) { // it goes from table to table, and stops at the first
                assertThat(cy.rows("SHOW HOLD " + id).toString()).contains("warning|looks like a test suite's cleaner");
            }
            while (process.isAlive()) {
                for (ConsoleClient.Row hold : cy.holds()) {
                    if (hold.state().equals("waiting")) {
                        cy.deny(hold.id(), "this is production");
                    }
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Names that only look like it, all of this machine, in front of a database that is not production. */
    @Test
    void containersNamesAndNamesWithProdInThemPassWhereTheyAreLocal() throws Exception {
        int port = TestServers.shared().primary().port();
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                "127.0.0.1 db\n127.0.0.1 postgres\n127.0.0.1 host.docker.internal\n127.0.0.1 products\n");
        Map<String, String> environment = new TreeMap<>();
        for (String host : List.of("db", "postgres", "host.docker.internal", "products")) {
            environment.put(
                    host.replace('.', '_').toUpperCase(java.util.Locale.ROOT) + "_DATABASE_URL",
                    "postgres://ana:%s@%s:%d/latest_test".formatted(PASSWORD, host, port));
        }

        Run run = run(guard(List.of("-Djdk.net.hosts.file=" + hosts), List.of("echo", "started")), environment);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output().lines().filter(line -> line.contains("  local: ")))
                .hasSize(4);
        assertThat(run.output()).endsWith("started\n");
    }

    @Test
    void aSignalReachesTheCommandAndItsExitCodeComesBack() throws Exception {
        Path ready = folder.resolve("ready");
        Process process = start(
                guard(
                        List.of(),
                        List.of("sh", "-c", "trap 'exit 9' TERM; : >'" + ready + "'; while :; do sleep 0.1; done")),
                Map.of());
        try {
            org.awaitility.Awaitility.await().until(() -> Files.exists(ready));
            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(9);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Run guarded(Suite suite, int port) throws Exception {
        return run(guard(List.of(), command(suite)), environment(suite, port));
    }

    private static List<String> guard(List<String> options, List<String> command) {
        List<String> line = new ArrayList<>(List.of(java()));
        line.addAll(options);
        line.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "ci-guard",
                "--no-env-files",
                "--"));
        line.addAll(command);
        return line;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> command(Suite suite) throws Exception {
        return switch (suite) {
            case FLYWAY -> List.of(java(), "-cp", System.getProperty("java.class.path"), FlywaySuite.class.getName());
            case NODE -> {
                ClientProgram.Installed node = ClientProgram.installed("node");
                assumeTrue(Files.isDirectory(NODE_POSTGRES), "node-postgres is not installed");
                yield List.of(
                        node.path().toString(),
                        script("suite.js"),
                        NODE_POSTGRES.toAbsolutePath().toString());
            }
            case PYTHON -> {
                assumeTrue(Files.isExecutable(PYTHON), PYTHON + " is not installed");
                assumeTrue(run(List.of(PYTHON.toString(), "-c", "import psycopg2"), Map.of())
                                .exitCode()
                        == 0);
                yield List.of(PYTHON.toString(), script("suite.py"));
            }
        };
    }

    private static Map<String, String> environment(Suite suite, int port) {
        Map<String, String> environment = new TreeMap<>();
        switch (suite) {
            case FLYWAY -> {
                environment.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/shop");
                environment.put("SPRING_DATASOURCE_USERNAME", "ana");
                environment.put("SPRING_DATASOURCE_PASSWORD", TestServers.PASSWORD);
            }
            case NODE, PYTHON ->
                environment.put("DATABASE_URL", "postgres://ana:" + PASSWORD + "@127.0.0.1:" + port + "/shop");
        }
        return environment;
    }

    private static Run run(List<String> command, Map<String, String> environment) throws Exception {
        Process process = start(command, environment);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.endsWith("_URL"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SuiteOnProductionTest.class.getResource(name))
                        .toURI())
                .toString();
    }
}
