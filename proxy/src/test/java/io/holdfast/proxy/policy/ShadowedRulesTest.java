package io.holdfast.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.load.ConfigLoader;
import io.holdfast.config.load.ConfigResult;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that the loader calls useless must be: with it and without it, everybody gets the same verdict for everything. */
class ShadowedRulesTest {
    private static final int PAIRS = 6_000;
    private static final int QUESTIONS = 60;

    private static final List<String> CLASSES = List.of("write", "destructive", "[write, destructive]", "read");
    private static final List<String> COMMANDS = List.of("DELETE", "DROP", "DROP TABLE", "[SELECT, DELETE]", "SELECT");
    private static final List<String> TABLES =
            List.of("events", "public.events", "a.*", "'*'", "'*.events'", "e*", "[events, users]");
    private static final List<String> FUNCTIONS = List.of("f", "app.f", "'*'");
    private static final List<String> USERS = List.of("bo", "[bo, kim]", "kim");
    private static final List<String> NETWORKS = List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3");
    private static final List<String> CERTIFICATES =
            List.of("'*'", "ci-*", "[ci-*, ana]", "/O=Example/*", "/O=Example/OU=ci/*");
    private static final List<String> ENVIRONMENTS = List.of("production", "[production, staging]");
    private static final List<String> HOURS =
            List.of("time: 22:00-06:00, zone: UTC", "days: wed, zone: UTC", "days: wed, time: 22:00-06:00, zone: UTC");
    private static final List<String> ACTIONS = List.of(
            "allow",
            "refuse",
            "hold",
            "{ hold: { approvals: 1 } }",
            "{ delay: 1m }",
            "{ route: primary }",
            "{ route: follower }");

    private static final List<String> GUARDING = List.of("refuse", "hold", "{ hold: { approvals: 1 } }");
    private static final List<RowEstimate> ESTIMATES = List.of(
            RowEstimate.NONE,
            new RowEstimate.AtMost(10),
            new RowEstimate.MoreThan(10),
            new RowEstimate.Unknown("it was not counted"));

    private static final List<@Nullable CertificateSubject> SUBJECTS = Arrays.asList(
            null,
            CertificateSubject.parse("/O=Example/OU=ci/CN=ci-7"),
            CertificateSubject.parse("/O=Example"),
            CertificateSubject.parse("ana"));

    private static final List<StatementFacts> STATEMENTS = statements();
    private static final List<Requester> REQUESTERS = requesters();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        Files.createFile(folder.resolve("any.pem"));
    }

    private final Random random = new Random(20260314);

    @Test
    void whatIsCalledUselessChangesNoVerdict() {
        int shadowed = 0;
        for (int i = 0; i < PAIRS; i++) {
            String first = rule("a");
            String second = rule("b");
            if (load(first + second) instanceof ConfigResult.Invalid(var problems)) {
                assertThat(problems)
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.found()).contains("'b' never decides anything"));
                shadowed++;
                Policy with = policy(config(first), config(second));
                Policy without = policy(config(first));
                for (int question = 0; question < QUESTIONS; question++) {
                    compare(with, without, first + second);
                }
            }
        }
        assertThat(shadowed).as("enough of them").isGreaterThan(PAIRS / 50);
    }

    private void compare(Policy with, Policy without, String rules) {
        List<StatementFacts> unit = new ArrayList<>(List.of(any(STATEMENTS)));
        if (random.nextInt(4) == 0) {
            unit.add(any(STATEMENTS));
        }
        Requester who = any(REQUESTERS);
        RowEstimate rows = any(ESTIMATES);
        assertThat(with.decide(unit, who, _ -> rows))
                .as("%s: %s by %s", rules, unit, who)
                .isEqualTo(without.decide(unit, who, _ -> rows));
        assertThat(with.destination(unit, who))
                .as("%s: %s by %s", rules, unit, who)
                .isEqualTo(without.destination(unit, who));
    }

    private static Policy policy(Protect... parts) {
        return Policy.of(new Protect(
                Preset.GUARDRAIL,
                List.of(parts).stream().flatMap(part -> part.rules().stream()).toList(),
                parts[0].holds()));
    }

    private String rule(String name) {
        List<String> when = new ArrayList<>();
        some(when, "class", CLASSES);
        some(when, "command", COMMANDS);
        some(when, "table", TABLES);
        some(when, "function", FUNCTIONS);
        some(when, "user", USERS);
        some(when, "network", NETWORKS);
        some(when, "certificate", CERTIFICATES);
        some(when, "environment", ENVIRONMENTS);
        if (random.nextInt(8) == 0) {
            when.add("opaque: true");
        }
        if (random.nextInt(6) == 0) {
            when.add(any(HOURS));
        }
        String action = any(ACTIONS);
        if (GUARDING.contains(action) && random.nextInt(3) == 0) {
            when.removeIf(condition -> condition.equals("class: read")); // which touches no rows
            when.add("rows-over: " + any(List.of(0, 10)));
        }
        return "    - { name: %s, when: { %s }, then: %s }\n".formatted(name, String.join(", ", when), action);
    }

    private void some(List<String> when, String key, List<String> values) {
        if (random.nextInt(4) == 0) {
            when.add(key + ": " + any(values));
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Protect config(String rules) {
        ConfigResult result = load(rules);
        assertThat(result).as(rules).isInstanceOf(ConfigResult.Loaded.class);
        HoldfastConfig config = ((ConfigResult.Loaded) result).config();
        return config.protect();
    }

    private static ConfigResult load(String rules) {
        return ConfigLoader.load("""
                tls: { certificate: any.pem, key: any.pem, client-certificate: optional, client-ca: any.pem }
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                people:
                  - { name: di, approves: true }
                  - { name: cy, approves: true }
                  - { name: ed, approves: true }
                protect:
                  rules:
                """ + rules, "t.yaml", folder, Map.of());
    }

    private static List<StatementFacts> statements() {
        List<StatementFacts> all = new ArrayList<>();
        for (String sql : List.of(
                "SELECT 1",
                "SELECT * FROM events",
                "SELECT f(x) FROM a.events",
                "SELECT app.f(), g() FROM users",
                "SELECT lower(app.f())",
                "WITH d AS (DELETE FROM events RETURNING 1) SELECT * FROM d",
                "DELETE FROM events",
                "DELETE FROM events WHERE id = 1",
                "DELETE FROM public.events USING users WHERE true",
                "DELETE FROM a.events WHERE f(id)",
                "DROP TABLE events",
                "DROP TABLE a.events, users",
                "DROP VIEW events",
                "INSERT INTO users SELECT f()",
                "SELECT FROM WHERE")) {
            byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
            StatementFacts facts =
                    StatementReader.read(bytes, 0, bytes.length).statements().getFirst();
            all.add(facts);
            all.add(opaque(facts, new RelationName(null, "events")));
            all.add(opaque(facts, new RelationName("app", "f")));
        }
        return all;
    }

    private static StatementFacts opaque(StatementFacts facts, RelationName name) {
        return facts.with(facts.statementClass(), facts.reason(), List.of(name));
    }

    private static List<Requester> requesters() {
        List<Requester> all = new ArrayList<>();
        for (String user : List.of("bo", "kim", "ana")) {
            for (String address : List.of("10.1.2.3", "10.9.0.1", "192.0.2.1")) {
                for (Environment environment : Environment.values()) {
                    for (String at : List.of("2026-03-11T23:00:00Z", "2026-03-12T03:00:00Z", "2026-03-13T12:00:00Z")) {
                        for (CertificateSubject certificate : SUBJECTS) {
                            all.add(new Requester(
                                    user,
                                    user,
                                    "shop",
                                    "psql",
                                    InetAddress.ofLiteral(address),
                                    environment,
                                    certificate,
                                    Instant.parse(at)));
                        }
                    }
                }
            }
        }
        return all;
    }
}
