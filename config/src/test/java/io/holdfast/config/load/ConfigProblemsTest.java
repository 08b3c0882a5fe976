package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact words people see, with line, column and path. */
class ConfigProblemsTest {
    private static final String UPSTREAM_KEYS =
            "environment, hosts, tls, account, auth-query, max-lag, fallback, consistency, poll-interval, connect-timeout, application-name-add-host";
    private static final String THEN =
            "(expected: allow, hold, refuse, or one of { hold: ... }, { delay: 10m }, { refuse: \"message\" }, { route: primary })";
    private static final String TWO_PEOPLE = """
            people:
              - { name: bo, approves: true }
              - { name: kim, approves: true }
            """;

    @Test
    void allAreReportedAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        people: bo
                        listen: 6432
                        upstream:
                          hosts: [db1, db2:0]
                          max_lag: soon
                          fallback: primary
                          fallback: error
                        protect: { preset: lax, approvals: 0 }
                        limits: []
                        """))
                .containsExactly(
                        "t.yaml:1:9: people: a single value (expected: a list of people)",
                        "t.yaml:2:9: listen: '6432' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                        "t.yaml:4:3: upstream.environment: missing (expected: production, staging or local)",
                        "t.yaml:4:3: upstream.account: missing (expected: a mapping with user, password, database)",
                        "t.yaml:4:16: upstream.hosts[1]: 'db2:0' (expected: an address such as db1:5432, db1 or [::1]:5432)",
                        "t.yaml:5:3: upstream.max_lag: unknown key, did you mean max-lag? (expected: one of "
                                + UPSTREAM_KEYS + ")",
                        "t.yaml:7:3: upstream.fallback: there twice (expected: each key once)",
                        "t.yaml:8:20: protect.preset: 'lax' (expected: observe, guardrail or strict)",
                        "t.yaml:8:36: protect.approvals: '0' (expected: a number from 1 to 10)",
                        "t.yaml:9:9: limits: a list (expected: a mapping with max-clients, max-clients-per-user, max-clients-per-database, max-handshakes, handshake-timeout, idle-timeout, inspect-bytes)");
    }

    @Test
    void anEmptyFileMissesItsUpstreamAndPeople() {
        String upstream = "t.yaml:1:1: upstream: missing (expected: a mapping with " + UPSTREAM_KEYS + ")";
        String people = "t.yaml: protect.approvals: needs 2 approvals, but 0 of the people may approve"
                + " (expected: at least 2 people with approves: true)";

        assertThat(problems("")).containsExactly(people, upstream);
        assertThat(problems("---\n# nothing\n")).containsExactly(people, upstream);
    }

    @Test
    void aRootThatIsNoMappingIsOneProblem() {
        assertThat(problems("- a\n- b\n"))
                .containsExactly(
                        "t.yaml:1:1: a list (expected: a mapping with listen, proxy-protocol, tls, upstream, protect, people,"
                                + " audit, control-store, admin, limits, peer-id, peers, notify, mode, local-networks, ci)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "listen: localhost      | 9  | listen: 'localhost' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "listen: ::1:6432       | 9  | listen: '::1:6432' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "listen: '[::g]:1'      | 9  | listen: '[::g]:1' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "listen: a:65536        | 9  | listen: 'a:65536' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "listen:                | 8  | listen: nothing (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432, or a list of such)",
                "listen: [a:0, [b:1]]   | 15 | listen[1]: a list (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "admin: on              | 8  | admin: 'on' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or off)",
                "admin: 127.0.0.1:6432  | 8  | admin: an address of listen (expected: another address, or off)",
                "tls: { key: no }       | 6  | tls.certificate: missing (expected: a PEM file)",
                "audit: x               | 8  | audit: a single value (expected: a mapping with file, rotate-at, copy-as)",
                "audit: { file: ' ' }   | 16 | audit.file: ' ' (expected: a text)",
                "audit: { rotate-at: 9 } | 21 | audit.rotate-at: '9' (expected: a size of 1MiB to 1GiB, such as 64KB or 1MiB)",
                "colour: red            | 1  | colour: unknown key (expected: one of listen, proxy-protocol, tls, upstream, protect, people, audit, control-store, admin, limits, peer-id, peers, notify, mode, local-networks, ci)",
                "adnim: off             | 1  | adnim: unknown key, did you mean admin? (expected: one of listen, proxy-protocol, tls, upstream, protect, people, audit, control-store, admin, limits, peer-id, peers, notify, mode, local-networks, ci)",
                "limits: { max-clients: 0 }        | 24 | limits.max-clients: '0' (expected: a number from 1 to 1000000)",
                "limits: { max-clients: 1e3 }      | 24 | limits.max-clients: '1e3' (expected: a number from 1 to 1000000)",
                "limits: { \"1 000\": 1 } | 11 | limits.?: unknown key (expected: one of max-clients, max-clients-per-user, max-clients-per-database, max-handshakes, handshake-timeout, idle-timeout, inspect-bytes)",
                "limits: { handshake-timeout: 15 } | 30 | limits.handshake-timeout: '15' (expected: a duration of 100ms to 10m, such as 30s or 1h30m)",
                "limits: { handshake-timeout: 1h } | 30 | limits.handshake-timeout: '1h' (expected: a duration of 100ms to 10m, such as 30s or 1h30m)",
                "limits: { idle-timeout: never }   | 25 | limits.idle-timeout: 'never' (expected: a duration of 100ms to 7d, such as 30s or 1h30m, or off)",
                "limits: { inspect-bytes: 1000 }   | 26 | limits.inspect-bytes: '1000' (expected: a size of 1KiB to 256MiB, such as 64KB or 1MiB)",
                "limits: { inspect-bytes: 1GiB }   | 26 | limits.inspect-bytes: '1GiB' (expected: a size of 1KiB to 256MiB, such as 64KB or 1MiB)",
            })
    void aWrongLineIsNamedWithItsColumn(String line, int column, String problem) {
        assertThat(problems(MINIMAL + line)).contains("t.yaml:6:" + column + ": " + problem);
    }

    @Test
    void tlsFilesMustBeThere() {
        assertThat(problems(MINIMAL + "tls: { certificate: server.crt, key: server.key, required: yes }"))
                .containsExactly(
                        "t.yaml:6:21: tls.certificate: 'server.crt', which is not there or cannot be read"
                                + " (expected: a readable file)",
                        "t.yaml:6:38: tls.key: 'server.key', which is not there or cannot be read (expected: a readable file)",
                        "t.yaml:6:60: tls.required: 'yes' (expected: true or false)");
    }

    @Test
    void theUpstreamIsCheckedKeyByKey() {
        assertThat(problems("""
                        upstream:
                          environment: prod
                          hosts: [db1, db1:5432]
                          tls: { mode: prefer, root-certificate: ca.pem }
                          account: { password: [x] }
                          auth-query: ""
                          max-lag: -5s
                          fallback: follower
                          poll-interval: 1ms
                          connect-timeout: 10m
                        protect: { preset: observe }
                        """))
                .containsExactly(
                        "t.yaml:2:16: upstream.environment: 'prod' (expected: production, staging or local)",
                        "t.yaml:3:16: upstream.hosts[1]: 'db1:5432', already at upstream.hosts[0] (expected: each server once)",
                        "t.yaml:4:16: upstream.tls.mode: 'prefer' (expected: disable, require, verify-ca or verify-full)",
                        "t.yaml:4:42: upstream.tls.root-certificate: 'ca.pem', which is not there or cannot be read"
                                + " (expected: a readable file)",
                        "t.yaml:5:12: upstream.account.user: missing (expected: a text)",
                        "t.yaml:5:24: upstream.account.password: a list (expected: a password, ${NAME} or file:PATH)",
                        "t.yaml:6:15: upstream.auth-query: '' (expected: a text)",
                        "t.yaml:7:12: upstream.max-lag: '-5s' (expected: a duration of 0s to 1d, such as 30s or 1h30m)",
                        "t.yaml:8:13: upstream.fallback: 'follower' (expected: primary or error)",
                        "t.yaml:9:18: upstream.poll-interval: '1ms' (expected: a duration of 10ms to 1m, such as 30s or 1h30m)",
                        "t.yaml:10:20: upstream.connect-timeout: '10m' (expected: a duration of 100ms to 5m, such as 30s or"
                                + " 1h30m)");
    }

    @Test
    void noHostsAreOneProblem() {
        assertThat(problems(MINIMAL.replace("localhost", "[]")))
                .containsExactly("t.yaml:3:10: upstream.hosts: an empty list (expected: at least one)");
    }

    @Nested
    class Rules {
        @Test
        void namesBelongToOneRule() {
            assertThat(problems(MINIMAL.replace("observe }", """
                            observe, rules: [
                              { name: a, when: { class: read }, then: allow },
                              { name: b, when: { class: write }, then: allow },
                              { name: a, when: { class: admin }, then: allow }] }""")))
                    .containsExactly(
                            "t.yaml:8:11: protect.rules[2].name: 'a', already at protect.rules[0].name (expected: each name once)");
        }

        @Test
        void everyPartIsNeeded() {
            assertThat(problems(MINIMAL.replace("observe }", "observe, rules: [{}, x] }")))
                    .containsExactly(
                            "t.yaml:5:37: protect.rules[0].name: missing (expected: a text)",
                            "t.yaml:5:37: protect.rules[0].when: missing (expected: a mapping with class, command, table, function,"
                                    + " opaque, rows-over, user, person, database, application, network, certificate, environment, time, days, zone)",
                            "t.yaml:5:37: protect.rules[0].then: missing " + THEN,
                            "t.yaml:5:41: protect.rules[1]: a single value (expected: a mapping with name, when, then)");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "class: dangerous       | 'dangerous' (expected: read, session, write, schema, code, admin or destructive)",
                    "class: DESTRUCTIVE     | 'DESTRUCTIVE' (expected: read, session, write, schema, code, admin or destructive)",
                    "command: TRUNCTE       | 'TRUNCTE' (expected: a PostgreSQL command such as DELETE or DROP TABLE)",
                    "command: DROP TABEL    | 'DROP TABEL' (expected: a PostgreSQL command such as DELETE or DROP TABLE)",
                    "table: a.b.c           | 'a.b.c' (expected: a name, schema.name or a pattern with *, without quotes)",
                    "table: .b              | '.b' (expected: a name, schema.name or a pattern with *, without quotes)",
                    "function: '\"f\"'      | '\"f\"' (expected: a name, schema.name or a pattern with *, without quotes)",
                    "table: ''              | '' (expected: a name, schema.name or a pattern with *, without quotes)",
                    "table: []              | an empty list (expected: at least one)",
                    "user: []               | an empty list (expected: at least one)",
                    "table:                 | nothing (expected: a name, schema.name or a pattern with *, without quotes, or a list of such)",
                    "table: { a: b }        | a mapping (expected: a name, schema.name or a pattern with *, without quotes, or a list of such)",
                    "person: bob            | 'bob' (expected: a name from people)",
                    "network: 10.0.0.1/8    | '10.0.0.1/8' (expected: a network such as 10.1.0.0/16 or fd00::/8, with no bits set after the prefix)",
                    "network: office        | 'office' (expected: a network such as 10.1.0.0/16 or fd00::/8, with no bits set after the prefix)",
                })
        void conditionsThatCouldNeverMeanAnythingAreRefused(String condition, String problem) {
            String key = condition.substring(0, condition.indexOf(':'));
            int column = 9 + condition.indexOf(':') + (condition.endsWith(":") ? 1 : 2);

            assertThat(problems(UPSTREAM + TWO_PEOPLE + """
                            protect:
                              rules:
                                - name: a
                                  when:
                                    %s
                                  then: allow
                            """.formatted(condition)))
                    .containsExactly("t.yaml:12:" + column + ": protect.rules[0].when." + key + ": " + problem);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "deny                            | then: 'deny' @THEN",
                    "delay                           | then: 'delay' @THEN",
                    "                                | then: nothing (expected: a mapping with hold, delay, refuse, route)",
                    "{}                              | then: 0 actions @THEN",
                    "{ delay: 1m, hold: {} }         | then: 2 actions @THEN",
                    "{ route: standby }              | then.route: 'standby' (expected: primary or follower)",
                    "{ delay: soon }                 | then.delay: 'soon' (expected: a duration of 1s to 7d, such as 30s or 1h30m)",
                    "{ hold: 2 }                     | then.hold: a single value (expected: a mapping with approvals, timeout)",
                    "{ hold: { approval: 2 } }       | then.hold.approval: unknown key, did you mean approvals? (expected: one of approvals, timeout)",
                    "{ hold: { approvals: 3 } }      | then.hold.approvals: needs 3 approvals, but 2 of the people may approve (expected: at least 3 people with approves: true)",
                    "{ hold: { timeout: 0s } }       | then.hold.timeout: '0s' (expected: a duration of 1s to 7d, such as 30s or 1h30m)",
                    "{ refuse: [no] }                | then.refuse: a list (expected: a text)",
                    "{ allow: true }                 | then.allow: unknown key (expected: one of hold, delay, refuse, route)",
                })
        void actionsAreOneThing(String then, String problem) {
            String yaml = UPSTREAM + TWO_PEOPLE + """
                    protect:
                      rules:
                        - { name: a, when: {}, then: %s }
                    """.formatted(then == null ? "" : then);

            assertThat(problems(yaml))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("t.yaml:10:")
                            .endsWith(": protect.rules[0]." + problem.replace("@THEN", THEN)));
        }

        @Test
        void aHoldInObserveNeedsPeopleToo() {
            assertThat(problems(MINIMAL.replace("observe }", "observe, rules: [{ name: a, when: {}, then: hold }] }")))
                    .containsExactly(
                            "t.yaml:5:64: protect.rules[0].then: needs 2 approvals, but 0 of the people may approve"
                                    + " (expected: at least 2 people with approves: true)");
        }

        @Test
        void tooFewPeopleForThePresetAreOneProblemHoweverManyRulesHold() {
            assertThat(problems(UPSTREAM + """
                            people: [{ name: bo, approves: true }]
                            protect: { rules: [{ name: a, when: { class: code }, then: hold }, { name: b, when: {}, then: hold }] }
                            """))
                    .containsExactly(
                            "t.yaml:6:10: protect.approvals: needs 2 approvals, but 1 of the people may approve"
                                    + " (expected: at least 2 people with approves: true)");
        }
    }

    @Test
    void aClientCannotWaitLongerThanItsHold() {
        assertThat(problems(UPSTREAM + "protect: { preset: observe, timeout: 10m, client-wait: 1h30m }"))
                .containsExactly(
                        "t.yaml:5:56: protect.client-wait: '1h30m', longer than timeout (expected: at most timeout)");
    }

    @Nested
    class PeopleTest {
        @Test
        void nobodyIsTwoPeople() {
            assertThat(problems(MINIMAL + """
                            people:
                              - { name: bo, slack: U024BE7LH }
                              - { name: bo }
                              - { name: ann, postgres: [kim, bo], slack: U024BE7LH }
                              - { name: sam, postgres: kim }
                              - { name: kim }
                            """))
                    .containsExactly(
                            "t.yaml:8:13: people[1].name: 'bo', already at people[0].name (expected: each name once)",
                            "t.yaml:9:34: people[2].postgres[1]: 'bo', already at people[0].name"
                                    + " (expected: each PostgreSQL user with one person)",
                            "t.yaml:9:46: people[2].slack: 'U024BE7LH', already at people[0].slack"
                                    + " (expected: each Slack id with one person)",
                            "t.yaml:10:28: people[3].postgres: 'kim', already at people[2].postgres[0]"
                                    + " (expected: each PostgreSQL user with one person)",
                            "t.yaml:11:13: people[4].name: 'kim', already at people[2].postgres[0]"
                                    + " (expected: each PostgreSQL user with one person)");
        }

        @Test
        void aTokenIsKnownByItsHashAndNeverShown() {
            String hash = "sha256:" + "0".repeat(64);
            assertThat(problems(MINIMAL + """
                            people:
                              - { name: bo, token: hf_secret }
                              - { name: kim, token: HASH }
                              - { name: sam, token: HASH }
                            """.replace("HASH", hash)))
                    .containsExactly(
                            "t.yaml:7:24: people[0].token: no hash (expected: sha256: and 64 digits from 0 to f, as holdfast token prints it)",
                            "t.yaml:9:25: people[2].token: '" + hash.substring(0, 60)
                                    + "...', already at people[1].token" + " (expected: each token with one person)");
        }

        @Test
        void theirKeysAreChecked() {
            assertThat(problems(MINIMAL + """
                            people:
                              - { slack: "@bo", postgres: "", approves: 1, email: bo@example.org }
                            """))
                    .containsExactly(
                            "t.yaml:7:5: people[0].name: missing (expected: a text)",
                            "t.yaml:7:14: people[0].slack: '@bo' (expected: a Slack member id such as U024BE7LH)",
                            "t.yaml:7:31: people[0].postgres: '' (expected: a text)",
                            "t.yaml:7:45: people[0].approves: '1' (expected: true or false)",
                            "t.yaml:7:48: people[0].email: unknown key (expected: one of name, slack, postgres, token, approves, break-glass)");
        }
    }

    @Test
    void whoReleasesAloneMustBeAnApproverAndReachAChannel() {
        assertThat(problems(UPSTREAM + """
                        admin: off
                        people:
                          - { name: bo, approves: true }
                          - { name: kim, approves: true }
                          - { name: dev, break-glass: true }
                          - { name: eve, postgres: [], token: "sha256:HASH", approves: true, break-glass: true }
                        protect: { break-glass: { per-hour: 0, use-within: 2h } }
                        """.replace("HASH", "ab".repeat(32))))
                .hasSize(4)
                .anySatisfy(
                        problem -> assertThat(problem)
                                .contains(
                                        "people[2].break-glass: true, without approves: true (expected: approves: true, too, or no break-glass)"))
                .anySatisfy(
                        problem -> assertThat(problem)
                                .contains(
                                        "people[3].break-glass: true, for somebody with nothing but a token, and admin is off (expected: a PostgreSQL user for the console)"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("protect.break-glass.per-hour: '0' (expected: a number from 1 to 20)"))
                .anySatisfy(problem -> assertThat(problem).contains("protect.break-glass.use-within: '2h'"));
        assertThat(problems(UPSTREAM + """
                        people:
                          - { name: bo, approves: true }
                          - { name: kim, approves: true }
                          - { name: eve, postgres: [], approves: true, break-glass: true }
                        """))
                .singleElement()
                .asString()
                .contains("true, for somebody without a PostgreSQL user and a token");
    }
}
