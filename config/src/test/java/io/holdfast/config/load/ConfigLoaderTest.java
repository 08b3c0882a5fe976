package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.Counting;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Hours;
import io.holdfast.config.Limits;
import io.holdfast.config.PersonConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.ServerTls;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.Upstream.Consistency;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(config(MINIMAL))
                .isEqualTo(new HoldfastConfig(
                        new HostPort("127.0.0.1", 6432),
                        null,
                        new Upstream(
                                Environment.LOCAL,
                                List.of(new HostPort("localhost", 5432)),
                                new UpstreamTls(Mode.DISABLE, null),
                                new Account("holdfast", "", "postgres"),
                                Upstream.DEFAULT_AUTH_QUERY,
                                Duration.ofSeconds(5),
                                Fallback.PRIMARY,
                                Duration.ofMillis(200),
                                Duration.ofSeconds(5)),
                        new Protect(
                                Preset.OBSERVE,
                                List.of(),
                                new Holds(
                                        2,
                                        Duration.ofMinutes(30),
                                        Duration.ofMinutes(30),
                                        Duration.ofSeconds(60),
                                        Duration.ofSeconds(20),
                                        Duration.ofHours(1),
                                        Duration.ofSeconds(10))),
                        List.of(),
                        new AuditConfig(
                                Path.of("/no/such/folder/holdfast-audit.jsonl"), AuditConfig.DEFAULT_ROTATE_BYTES),
                        new HostPort("127.0.0.1", 6433),
                        new Limits(10_000, Duration.ofSeconds(15), 1 << 20)));
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        for (String file : List.of("server.crt", "server.key", "ca.pem")) {
            Files.createFile(folder.resolve(file));
        }
        String yaml = """
                listen: "[::]:7432"
                tls: { certificate: server.crt, key: server.key, required: true }
                upstream:
                  environment: production
                  hosts: [db1:5433, "[fd00::2]:5434", 10.0.0.3]
                  tls: { mode: verify-ca, root-certificate: ca.pem }
                  account: { user: watcher, password: secret, database: meta }
                  auth-query: SELECT * FROM verifier(?)
                  max-lag: 250ms
                  fallback: error
                  consistency: user
                  poll-interval: 1s
                  connect-timeout: 1m30s
                protect:
                  preset: strict
                  approvals: 1
                  timeout: 2d
                  client-wait: 10m
                  in-transaction-wait: 5s
                  notice-interval: 10s
                  grant-ttl: 2h
                  count-rows: { where: only-server, limit: 500ms }
                  lock-alarm: 30s
                people:
                  - { name: bo, slack: U024BE7LH, postgres: [bo, bo_admin], approves: true }
                  - { name: kim, postgres: [], token: "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" }
                  - { name: sam }
                audit: { file: logs/audit.jsonl, rotate-at: 64MiB }
                control-store: { file: logs/holdfast-state }
                admin: off
                limits:
                  max-clients: 5
                  max-clients-per-user: 3
                  max-clients-per-database: 4
                  max-handshakes: 7
                  handshake-timeout: 1s
                  idle-timeout: 8h
                  inspect-bytes: 64KB
                """;

        assertThat(config(ConfigLoader.load(yaml, "t.yaml", folder, Map.of())))
                .isEqualTo(new HoldfastConfig(
                        new HostPort("::", 7432),
                        new ServerTls(folder.resolve("server.crt"), folder.resolve("server.key"), true),
                        new Upstream(
                                Environment.PRODUCTION,
                                List.of(
                                        new HostPort("db1", 5433),
                                        new HostPort("fd00::2", 5434),
                                        new HostPort("10.0.0.3", 5432)),
                                new UpstreamTls(Mode.VERIFY_CA, folder.resolve("ca.pem")),
                                new Account("watcher", "secret", "meta"),
                                "SELECT * FROM verifier(?)",
                                Duration.ofMillis(250),
                                Fallback.ERROR,
                                Consistency.USER,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(90),
                                false),
                        new Protect(
                                Preset.STRICT,
                                List.of(),
                                new Holds(
                                        1,
                                        Duration.ofDays(2),
                                        Duration.ofMinutes(10),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(10),
                                        Duration.ofHours(2),
                                        Duration.ofSeconds(30)),
                                Protect.BreakGlass.DEFAULT,
                                new Counting(Counting.Where.ONLY_SERVER, Duration.ofMillis(500))),
                        List.of(
                                new PersonConfig("bo", Set.of("bo", "bo_admin"), "U024BE7LH", true),
                                new PersonConfig(
                                        "kim",
                                        Set.of(),
                                        null,
                                        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                                        false),
                                new PersonConfig("sam", Set.of("sam"), null, false)),
                        new AuditConfig(folder.resolve("logs/audit.jsonl"), 64 << 20),
                        null,
                        new Limits(5, 3, 4, 7, Duration.ofSeconds(1), Duration.ofHours(8), 64_000)));
    }

    @Test
    void rulesKeepTheirOrderAndMayNameOneValueOrSeveral() {
        String yaml = UPSTREAM + """
                people:
                  - { name: bo, approves: true }
                  - { name: kim, approves: true }
                protect:
                  timeout: 40m
                  rules:
                    - name: every condition
                      when:
                        class: [admin, destructive]
                        command: [delete, Truncate, DROP TABLE]
                        table: [events, staging.*]
                        function: pg_promote
                        opaque: true
                        user: janitor
                        person: [bo, kim]
                        database: shop
                        application: psql
                        network: [10.1.0.0/16, "::1"]
                        environment: staging
                        time: "22:00-06:00"
                        days: mon
                        zone: UTC
                      then: allow
                    - { name: a, when: { database: a }, then: hold }
                    - { name: b, when: { database: b }, then: { hold: { approvals: 1 } } }
                    - { name: c, when: { database: c }, then: { hold: { timeout: 5m } } }
                    - { name: d, when: { database: d }, then: { delay: 10m } }
                    - { name: e, when: { database: e }, then: refuse }
                    - { name: f, when: { database: f }, then: { refuse: "ask the data team" } }
                    - { name: g, when: { database: g }, then: { route: follower } }
                """;

        assertThat(config(yaml).protect().rules())
                .containsExactly(
                        new RuleConfig(
                                "every condition",
                                new When(
                                        Set.of("admin", "destructive"),
                                        Set.of("DELETE", "TRUNCATE", "DROP TABLE"),
                                        List.of("events", "staging.*"),
                                        List.of("pg_promote"),
                                        true,
                                        Set.of("janitor"),
                                        Set.of("bo", "kim"),
                                        Set.of("shop"),
                                        Set.of("psql"),
                                        List.of("10.1.0.0/16", "::1"),
                                        List.of(),
                                        Set.of(Environment.STAGING),
                                        new Hours(
                                                List.of(new Hours.Window(22 * 60, 6 * 60)),
                                                Set.of(DayOfWeek.MONDAY),
                                                ZoneId.of("UTC")),
                                        null),
                                new Action.Allow()),
                        new RuleConfig("a", database("a"), new Action.Hold(2, Duration.ofMinutes(40))),
                        new RuleConfig("b", database("b"), new Action.Hold(1, Duration.ofMinutes(40))),
                        new RuleConfig("c", database("c"), new Action.Hold(2, Duration.ofMinutes(5))),
                        new RuleConfig("d", database("d"), new Action.Delay(Duration.ofMinutes(10))),
                        new RuleConfig("e", database("e"), new Action.Refuse("")),
                        new RuleConfig("f", database("f"), new Action.Refuse("ask the data team")),
                        new RuleConfig("g", database("g"), new Action.Route(RuleConfig.Target.FOLLOWER)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost                     | DISABLE",
                "[127.0.0.1, '[::1]:5433']     | DISABLE",
                "db1                           | VERIFY_FULL",
                "[localhost, db1]              | VERIFY_FULL",
                "127.example.org               | VERIFY_FULL",
                "localhost.example.org         | VERIFY_FULL"
            })
    void clearTextIsTheDefaultOnlyOnThisMachine(String hosts, Mode mode) {
        assertThat(config(MINIMAL.replace("hosts: localhost", "hosts: " + hosts))
                        .upstream()
                        .tls()
                        .mode())
                .isEqualTo(mode);
    }

    @Test
    void theClientWaitsAsLongAsTheHoldUnlessSaidOtherwise() {
        Holds holds = config(UPSTREAM + "protect: { preset: observe, timeout: 5m }")
                .protect()
                .holds();

        assertThat(holds.clientWait()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"off, PT0S", "0, PT0S", "1s, PT1S", "2m, PT2M"})
    void theLockAlarmIsADurationOrOff(String text, Duration expected) {
        assertThat(config(UPSTREAM + "protect: { preset: observe, lock-alarm: " + text + " }")
                        .protect()
                        .holds()
                        .lockAlarm())
                .isEqualTo(expected);
    }

    @Test
    void aLockAlarmThatWouldAskWithoutAPauseIsAProblem() {
        assertThat(problems(UPSTREAM + "protect: { preset: observe, lock-alarm: 20ms }"))
                .containsExactly("t.yaml:5:41: protect.lock-alarm: '20ms'"
                        + " (expected: a duration of 1s to 1d, such as 30s or 1h30m, or off)");
    }

    @Test
    void pathsStartAtTheFilesFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("holdfast.yaml"), MINIMAL);

        assertThat(config(ConfigLoader.load(file, Map.of())).audit().file())
                .isEqualTo(folder.resolve("holdfast-audit.jsonl"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblemLikeAnyOther() throws IOException {
        Path none = folder.resolve("none.yaml");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe9});
        Path huge = Files.writeString(folder.resolve("huge.yaml"), "#".repeat(YamlReader.MAX_CHARACTERS + 1));

        assertThat(problems(ConfigLoader.load(none, Map.of())))
                .containsExactly(none + ": a file that cannot be read (expected: a readable file)");
        assertThat(problems(ConfigLoader.load(latin, Map.of())))
                .containsExactly(latin + ": bytes that are not UTF-8 (expected: a text file in UTF-8)");
        assertThat(problems(ConfigLoader.load(huge, Map.of())))
                .containsExactly(huge + ": a file of more than 1 MiB (expected: at most 1 MiB)");
    }

    private static When database(String name) {
        return new When(
                Set.of(), Set.of(), List.of(), List.of(), false, Set.of(), Set.of(), Set.of(name), Set.of(), List.of());
    }
}
