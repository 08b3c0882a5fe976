package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.load.ConfigLoader;
import io.holdfast.config.load.ConfigResult;
import io.holdfast.proxy.Holdfast;
import io.holdfast.proxy.cli.AuditCommand;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.FakeSlack;
import io.holdfast.proxy.testing.FakeSlack.Message;
import io.holdfast.proxy.testing.SlackClicker;
import io.holdfast.proxy.testing.TestFolder;
import io.holdfast.proxy.testing.TestServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * The accident of 13 March 2018, with Holdfast in between: a developer comes back to an old terminal whose {@code DATABASE_URL} is
 * production's, and runs the test suite. Holdfast is configured by a file as people write it; psql stands for the suite and sends what
 * Database Cleaner sends.
 */
@Timeout(180)
class AccidentTest {
    private static final String APPROVE = "holdfast_approve";
    private static final List<String> TABLES = List.of(
            "branches",
            "builds",
            "commits",
            "emails",
            "jobs",
            "logs",
            "organizations",
            "permissions",
            "repositories",
            "requests",
            "tokens",
            "users");

    private static final Pattern SESSION = Pattern.compile("S-[0-9a-f]{8}");

    @AutoClose
    private static final FakeSlack slack = new FakeSlack();

    private static final TestServers servers = TestServers.shared();
    private static Path config;
    private static Holdfast holdfast;
    private static SlackClicker clicker;

    @BeforeAll
    static void start() throws Exception {
        config = TestFolder.create("accident").resolve("holdfast.yaml");
        Files.writeString(config, configuration(servers.hosts()));
        var environment = Map.of(
                "SLACK_WEBHOOK", slack.webhook().toString(), "SLACK_SIGNING_SECRET", SlackClicker.SIGNING_SECRET);
        ConfigResult read = ConfigLoader.load(config, environment);
        assertThat(read).isInstanceOf(ConfigResult.Loaded.class);
        holdfast = Holdfast.start(((ConfigResult.Loaded) read).config());
        Eventually.holds(() -> holdfast.adminPort() != 0);
        clicker = new SlackClicker(slack, holdfast.adminPort());
    }

    @AfterAll
    static void stop() {
        clicker.close();
        holdfast.close();
        assertThat(slack.problems()).isEmpty();
    }

    private static String configuration(List<HostPort> hosts) {
        return """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstream:
                  environment: production
                  hosts: ["%s", "%s"]
                  account: { user: holdfast, password: "%s", database: %s }
                  auth-query: SELECT * FROM holdfast.lookup(?)
                  max-lag: 1h
                  poll-interval: 20ms
                protect:
                  preset: guardrail
                  rules:
                    - { name: nobody is at work, when: { class: destructive, table: accident.* }, then: { hold: { approvals: 2, timeout: 2s } } }
                people:
                  - { name: ana, slack: U0ANA, approves: true }
                  - { name: cy, slack: U0CY, approves: true }
                  - { name: di, slack: U0DI, approves: true }
                notify:
                  public-url: https://holdfast.example.com
                  slack: { webhook: "${SLACK_WEBHOOK}", signing-secret: "${SLACK_SIGNING_SECRET}" }
                """.formatted(hosts.get(0), hosts.get(1), TestServers.PASSWORD, TestServers.DATABASE);
    }

    @Test
    void nobodyAnswersAndProductionIsWhole() throws Exception {
        fill("accident");
        String cleaner = cleaner("accident");
        try (ClientProgram suite = testSuite(cleaner)) {
            Message held = awaitHold("accident");
            String id = id(held);
            assertThat(held.text())
                    .contains("This looks like", "test suite's cleaner", "12 tables")
                    .contains(
                            "`ana` as user `ana`",
                            "127.0.0.1",
                            "`travis-api`",
                            "`shop`",
                            "needs 2 approvals, 0 so far");

            String output = suite.output();
            assertThat(suite.exitCode()).isEqualTo(3);
            assertThat(output).contains("held as " + id, "statement was not approved in time: " + id + " has expired");
            slack.awaitMessage(
                    now -> now.text().contains(id) && now.text().contains("expired with 0 of 2; nothing has run"));
            for (String table : TABLES) {
                assertThat(servers.count("accident." + table)).as(table).isEqualTo(100);
            }

            String session = session(output);
            assertThat(audit("search", "--since", "1h", "truncate", "accident"))
                    .contains(id, "ana in shop from 127.0.0.1 with travis-api, " + session + ": TRUNCATE TABLE");
            assertThat(audit("search", "--hold", id))
                    .contains("held", "expired")
                    .doesNotContain("released", "outcome");
            assertThat(audit("search", "--json", "--hold", id, "--kind", "held"))
                    .contains("\"person\":\"ana\"", "\"text\":\"" + cleaner.replace("\"", "\\\"") + ";\"");
            assertThat(audit("verify")).contains("intact");
        }
    }

    @Test
    void twoOthersAgreeInSlackAndNothingElseCounts() throws Exception {
        fill("agreed");
        try (ClientProgram suite = testSuite(cleaner("agreed"))) {
            Message held = awaitHold("agreed");
            String id = id(held);
            String click = clicker.body(held, APPROVE, held.value(APPROVE, ""), "U0CY", "the branch is archived");
            String now = String.valueOf(Instant.now().getEpochSecond());
            String old = String.valueOf(Instant.now().getEpochSecond() - 301);

            assertThat(clicker.send(click, now, SlackClicker.signature("not the secret", now, click)))
                    .as("forged")
                    .isEqualTo(401);
            assertThat(clicker.send(click, old, SlackClicker.signature(SlackClicker.SIGNING_SECRET, old, click)))
                    .as("old")
                    .isEqualTo(401);
            assertThat(clicker.click(held, APPROVE, "U0ANA", null)).isEqualTo(200);
            slack.awaitWhisper("nobody decides their own request");
            String signature = SlackClicker.signature(SlackClicker.SIGNING_SECRET, now, click);
            assertThat(clicker.send(click, now, signature)).isEqualTo(200);
            slack.awaitMessage(
                    message -> message.ts().equals(held.ts()) && message.text().contains("1 of 2, approved by `cy`"));
            assertThat(clicker.send(click, now, signature)).as("replayed").isEqualTo(409);
            assertThat(clicker.click(held, APPROVE, "U0CY", null)).isEqualTo(200);
            slack.awaitWhisper("you have approved it already; another person must");
            for (String table : TABLES) {
                assertThat(servers.count("agreed." + table)).as(table).isEqualTo(100);
            }

            assertThat(clicker.click(held, APPROVE, "U0DI", null)).isEqualTo(200);
            String output = suite.output();
            assertThat(suite.exitCode()).as(output).isZero();
            slack.awaitMessage(message -> message.ts().equals(held.ts())
                    && message.text().contains("approved by `cy` and `di`; executed: `TRUNCATE TABLE`"));
            for (String table : TABLES) {
                assertThat(servers.count("agreed." + table)).as(table).isZero();
            }
            Eventually.holds(() -> audit("search", "--hold", id).contains("outcome"));
            assertThat(audit("search", "--hold", id).lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("held", "with travis-api, " + session(output)),
                            line -> assertThat(line).contains("cy: approve, 'the branch is archived' (slack)"),
                            line -> assertThat(line).contains("di: approve (slack)"),
                            line -> assertThat(line).contains("approved"),
                            line -> assertThat(line).contains("released", "to undo: restore a backup to"),
                            line -> assertThat(line).contains("TRUNCATE TABLE after"));
        }
    }

    @Test
    void aSuiteThatSaysWhatItIsDoesNotEvenGetIn() throws Exception {
        try (ClientProgram suite = testSuite("rspec", cleaner("public"))) {
            String output = suite.output();
            assertThat(suite.exitCode()).as(output).isEqualTo(2);
            assertThat(output).contains("CI reaches local databases only");
        }
        assertThat(slack.messages()).noneMatch(message -> message.text().contains("public\\\".\\\"users"));
    }

    /** In a terminal that has not been used for a while. */
    private static ClientProgram testSuite(String cleaner) throws Exception {
        return testSuite("travis-api", cleaner); // as the application calls itself, wherever it runs
    }

    private static ClientProgram testSuite(String application, String cleaner) throws Exception {
        ClientProgram.Installed psql = ClientProgram.installed("psql");
        String databaseUrl = "postgres://ana:" + TestServers.PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + holdfast.port() + "/shop?application_name=" + application;
        String suite = "SELECT schemaname || '.' || tablename FROM pg_catalog.pg_tables LIMIT 1;\n"
                + "SHOW holdfast.session;\n" + cleaner + ";\n";
        return ClientProgram.start(
                holdfast.port(),
                suite,
                List.of(psql.path().toString(), "-X", "-v", "ON_ERROR_STOP=1", "-f", "-", databaseUrl));
    }

    /** As Database Cleaner's strategy truncation makes it. */
    private static String cleaner(String schema) {
        return "TRUNCATE TABLE "
                + String.join(
                        ", ",
                        TABLES.stream()
                                .map(table -> "\"" + schema + "\".\"" + table + '"')
                                .toList())
                + " RESTART IDENTITY CASCADE";
    }

    private static void fill(String schema) throws SQLException {
        var statements = new ArrayList<>(List.of("CREATE SCHEMA " + schema));
        TABLES.forEach(table ->
                statements.add("CREATE TABLE " + schema + '.' + table + " AS SELECT generate_series(1, 100) AS id"));
        servers.execute(statements.toArray(String[]::new));
    }

    private static Message awaitHold(String schema) {
        String last = "\"" + schema + "\".\"users\"";
        return slack.awaitMessage(message -> message.hasButton(APPROVE)
                && message.text().replace("\\\"", "\"").contains(last));
    }

    private static String id(Message message) {
        return message.value(APPROVE, "").replaceFirst("@.*", "");
    }

    private static String session(String output) {
        Matcher session = SESSION.matcher(output);
        assertThat(session.find()).as(output).isTrue();
        return session.group();
    }

    /** What the command prints. */
    private static String audit(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(
                1,
                List.of("--file", config.resolveSibling("holdfast-audit.jsonl").toString()));
        StringWriter out = new StringWriter();
        int code =
                new CommandLine(new AuditCommand()).setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertThat(code).as(String.join(" ", all) + '\n' + out).isZero();
        return out.toString();
    }
}
