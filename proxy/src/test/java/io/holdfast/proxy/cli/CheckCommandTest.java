package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String CONFIG = """
            upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
            protect:
              preset: guardrail
              rules:
                - { name: cleanup, when: { person: jan, command: DELETE, table: events }, then: allow }
                - { name: staging waits, when: { command: TRUNCATE, table: staging.* }, then: { delay: 10m } }
                - { name: append-only, when: { table: ledger, command: UPDATE }, then: { refuse: write a reversal } }
                - { name: no DDL from here, when: { class: schema, network: 10.0.0.0/8 }, then: hold }
            people:
              - { name: bo, approves: true }
              - { name: kim, approves: true }
              - { name: jan, postgres: [janitor] }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void scriptGivesALineForEachStatement() {
        assertThat(check("""
                -- what a tool might send
                SELECT 1;
                SET search_path = shop; SET LOCAL work_mem = '1MB';
                INSERT INTO orders
                  VALUES (1);
                ;;
                SELECT FROM WHERE;
                SET client_encoding = 'SJIS';
                TRUNCATE orders
                """)).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                stdin:2: forward read        follower SELECT: only reads [guardrail]
                stdin:3: forward session     both     SET: sets search_path [guardrail]
                stdin:3: forward session     primary  SET: sets work_mem [guardrail]
                stdin:4: forward write       primary  INSERT: inserts into orders [guardrail]
                stdin:7: hold    destructive primary  UNPARSED: not understood: unexpected WHERE [guardrail]
                stdin:8: refuse  session     both     SET: sets client_encoding; afterwards, client_encoding SJIS \
                hides ASCII characters inside others [inspection]
                stdin:9: hold    destructive primary  TRUNCATE TABLE: empties orders [guardrail]
                """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rulesGoByTheCertificateThatIsGiven() throws IOException {
        for (String file : List.of("server.crt", "server.key", "ca.pem")) {
            Files.createFile(folder.resolve(file));
        }
        Path config = write("certificates.yaml", """
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                tls: { certificate: server.crt, key: server.key, client-certificate: optional, client-ca: ca.pem }
                ci: { rules: [{ name: runners, certificate: /O=Example/OU=ci/* }] }
                protect:
                  preset: observe
                  rules: [{ name: interns read, when: { class: write, certificate: intern-* }, then: refuse }]
                """);
        String insert = "INSERT INTO orders VALUES (1)";

        assertThat(check(insert, "--config", config.toString(), "--certificate", "intern-3", "--fail-on", "refuse"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("[interns read]");
        assertThat(check(insert, "--config", config.toString(), "--certificate", "ana", "--fail-on", "refuse"))
                .isZero();
        assertThat(check(insert, "--config", config.toString(), "--fail-on", "refuse"))
                .isZero();
        assertThat(check(
                        insert,
                        "--config",
                        config.toString(),
                        "--certificate",
                        "/O=Example/OU=ci/CN=7",
                        "--fail-on",
                        "refuse"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("Taken for CI by rule \"runners\": certificate \"/O=Example/OU=ci/CN=7\".");
        assertThat(check(insert, "--config", config.toString(), "--certificate", "OU=ci"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'OU=ci' (expected: a common name, or a subject such as");
    }

    @Test
    void aClientThatWouldNotGetInIsToldOfOnceAndCountsAsRefused() {
        assertThat(check("SELECT 1", "--application", "bin/rspec", "--database", "shop", "--fail-on", "refuse"))
                .isEqualTo(3);

        assertThat(out.toString()).contains("stdin:1: forward read");
        assertThat(err.toString())
                .startsWith(
                        "holdfast check: connection refused: CI reaches local databases only, and database \"shop\" is"
                                + " production. Taken for CI by its well-known name */rspec: application_name \"bin/rspec\".");
        assertThat(check("SELECT 1", "--application", "latest_test", "--fail-on", "refuse"))
                .isZero();
        assertThat(check("SELECT 1", "--ci", "--fail-on", "hold")).isEqualTo(3);
    }

    @Test
    void fileIsOneSession() throws IOException {
        Path script = write("session.sql", """
                BEGIN; SELECT 1; COMMIT; SELECT 1; BEGIN READ ONLY; SELECT 1; COMMIT;
                PREPARE p AS DELETE FROM orders; EXECUTE p;
                CREATE TEMP TABLE t (a int); SELECT 1; DISCARD ALL; SELECT 1;
                """);

        assertThat(check("", script.toString(), script.toString())).isZero();

        List<String> session = List.of(
                "session.sql:1: forward session     primary  BEGIN: begins a transaction [guardrail]",
                "session.sql:1: forward read        primary  SELECT: only reads [guardrail]",
                "session.sql:1: forward session     primary  COMMIT: ends the transaction [guardrail]",
                "session.sql:1: forward read        follower SELECT: only reads [guardrail]",
                "session.sql:1: forward session     follower BEGIN: begins a transaction [guardrail]",
                "session.sql:1: forward read        follower SELECT: only reads [guardrail]",
                "session.sql:1: forward session     follower COMMIT: ends the transaction [guardrail]",
                "session.sql:2: forward session     primary  PREPARE: prepares a statement [guardrail]",
                "session.sql:2: hold    destructive primary  EXECUTE: executes DELETE:"
                        + " deletes every row of orders: no WHERE [guardrail]",
                "session.sql:3: forward schema      primary  CREATE TABLE: creates t [guardrail]",
                "session.sql:3: forward read        primary  SELECT: only reads [guardrail]",
                "session.sql:3: forward session     primary  DISCARD ALL: discards all [guardrail]",
                "session.sql:3: forward read        follower SELECT: only reads [guardrail]");
        assertThat(lines()).isEqualTo(twice(session));
    }

    @Test
    void namesCannotFakeALine() {
        check("DROP TABLE \"x\nstdin:2: forward read\u001b[2J\"");

        assertThat(lines())
                .containsExactly("stdin:1: hold    destructive primary  DROP TABLE:"
                        + " drops table x?stdin:2: forward read?[2J [guardrail]");
    }

    @Test
    void dumpOfPgDumpIsReadPastItsDataAndMetaCommands() {
        assertThat(check("""
                \\restrict x7Yz
                SET statement_timeout = 0;
                SELECT pg_catalog.set_config('search_path', '', false);
                COPY public.orders (id, note) FROM stdin;
                1\tit's; DROP TABLE orders;
                2\t\\\\. \\N "
                \\.


                SELECT 1;
                \\unrestrict x7Yz
                """, "--fail-on", "hold,unparsed")).isZero();

        assertThat(lines())
                .extracting(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "stdin:2: forward session both SET: sets statement_timeout [guardrail]",
                        "stdin:3: forward session both SELECT: sets search_path [guardrail]",
                        "stdin:4: forward write primary COPY FROM: copies into public.orders [guardrail]",
                        "stdin:10: forward read follower SELECT: only reads [guardrail]");
    }

    @Test
    void jsonLinesAreJudgedByThemselvesAndAnsweredInOrder() {
        assertThat(check("""
                {"sql":"BEGIN"}
                {"from":"x","sql":"SELECT name FROM shop.customers JOIN orders USING (id)"}
                {"sql":"SELECT 1; DELETE FROM orders; SELECT 2 FROM orders"}
                {"sql":"SET datestyle = 'ISO'; SELECT 1"}
                {"sql":"EXECUTE p"}
                {"sql":"SELECT \\u0000"}
                {"sql":"SET standard_conforming_strings = off"}
                {"sql":"-- nothing"}
                """, "--format=jsonl")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                {"class":"session","route":"primary","verdict":"forward","rule":"guardrail",\
                "commands":["BEGIN"],"tables":[],"unparsed":false,"reason":"begins a transaction"}
                {"class":"read","route":"follower","verdict":"forward","rule":"guardrail",\
                "commands":["SELECT"],"tables":["shop.customers","orders"],"unparsed":false,"reason":"only reads"}
                {"class":"destructive","route":"primary","verdict":"hold","rule":"guardrail",\
                "commands":["SELECT","DELETE","SELECT"],"tables":["orders"],"unparsed":false,\
                "reason":"deletes every row of orders: no WHERE"}
                {"class":"session","route":"both","verdict":"forward","rule":"guardrail",\
                "commands":["SET","SELECT"],"tables":[],"unparsed":false,"reason":"sets datestyle"}
                {"class":"destructive","route":"primary","verdict":"hold","rule":"guardrail",\
                "commands":["EXECUTE"],"tables":[],"unparsed":true,"reason":"executes a statement that was not seen"}
                {"class":"destructive","route":"primary","verdict":"hold","rule":"guardrail",\
                "commands":["UNPARSED"],"tables":[],"unparsed":true,"reason":"not understood: has a NUL byte"}
                {"class":"session","route":"both","verdict":"refuse","rule":"inspection",\
                "commands":["SET"],"tables":[],"unparsed":false,"reason":"sets standard_conforming_strings; \
                afterwards, standard_conforming_strings must stay on"}
                {"class":"read","route":"follower","verdict":"forward","rule":"empty query",\
                "commands":[],"tables":[],"unparsed":false,"reason":"runs nothing"}
                """);
    }

    @Test
    void lineThatIsNoObjectWithSqlIsAnErrorInItsPlace() {
        assertThat(check("""
                {"sql":"SELECT 1"}
                {"sql":
                {"sq":"SELECT 1"}
                ["sql"]

                {"sql":"SELECT 1"} x
                {"sql":"TRUNCATE t"}
                """, "--format=jsonl", "--fail-on=hold")).isEqualTo(2);

        assertThat(lines())
                .extracting(line -> line.replaceAll(",.*|: [A-Z].*", ""))
                .containsExactly(
                        "{\"class\":\"read\"",
                        "{\"line\":2",
                        "{\"line\":3",
                        "{\"line\":4",
                        "{\"line\":5",
                        "{\"line\":6",
                        "{\"class\":\"destructive\"");
        assertThat(err.toString())
                .contains("holdfast check: stdin:2: not JSON: ")
                .contains("holdfast check: stdin:3: not an object with a text field sql")
                .contains("holdfast check: stdin:6: not JSON: ");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 1,                                  hold,     0",
        "TRUNCATE t,                                hold,     3",
        "SET standard_conforming_strings = off,     hold,     3",
        "TRUNCATE t,                                refuse,   0",
        "SET standard_conforming_strings = off,     refuse,   3",
        "TRUNCATE t,                                unparsed, 0",
        "SELECT FROM WHERE,                         unparsed, 3",
        "SELECT 1; TRUNCATE t; SELECT 2,            'unparsed,hold', 3",
    })
    void failOnDecidesOnTheExitCode(String sql, String failOn, int exitCode) {
        assertThat(check(sql, "--fail-on", failOn)).isEqualTo(exitCode);
    }

    @Test
    void whatReachesFailOnIsCounted() {
        check("SELECT 1; TRUNCATE t; SELECT 2", "--fail-on=hold,unparsed");

        assertThat(err.toString())
                .isEqualToNormalizingNewlines("holdfast check: 1 of 3 reach --fail-on hold or unparsed\n");
    }

    @Test
    void foldersAreWalkedInTheOrderOfNames() throws IOException {
        write("b/V2__more.sql", "SELECT 2");
        write("b/V1__tables.sql", "SELECT 1");
        write("a.sql", "SELECT 0");
        write("b/notes.txt", "DROP TABLE x");

        assertThat(check("", folder.toString())).isZero();

        assertThat(lines())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly("a.sql:1", "b/V1__tables.sql:1", "b/V2__more.sql:1");
    }

    @Test
    void whatCannotBeReadIsToldAndTheRestIsChecked() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(check("SELECT 1", folder.resolve("missing.sql").toString(), empty.toString(), "-"))
                .isEqualTo(2);

        assertThat(lines()).containsExactly("stdin:1: forward read        follower SELECT: only reads [guardrail]");
        assertThat(err.toString().replace(folder + "/", "")).isEqualToNormalizingNewlines("""
                holdfast check: empty: has no *.sql
                holdfast check: missing.sql: does not exist
                """);
    }

    @Test
    void rulesAndPeopleComeFromTheConfiguration() throws IOException {
        String config = write("holdfast.yaml", CONFIG).toString();
        String sql = "DELETE FROM events WHERE id = 1; DELETE FROM events; TRUNCATE staging.a; UPDATE ledger SET a = 1";

        assertThat(check(sql, "--config", config, "--user", "janitor")).isZero();
        assertThat(check("CREATE TABLE t (a int)", "--config", config, "--address=10.1.2.3"))
                .isZero();

        assertThat(lines())
                .containsExactly(
                        "stdin:1: forward write       primary  DELETE: deletes from events [cleanup]",
                        "stdin:1: forward destructive primary  DELETE: deletes every row of events: no WHERE [cleanup]",
                        "stdin:1: hold    destructive primary  TRUNCATE TABLE:"
                                + " empties staging.a; runs after 10m unless denied [staging waits]",
                        "stdin:1: refuse  destructive primary  UPDATE:"
                                + " overwrites every row of ledger: no WHERE; write a reversal [append-only]",
                        "stdin:1: hold    schema      primary  CREATE TABLE: creates t [no DDL from here]");
    }

    @Test
    void presetReplacesThatOfTheConfiguration() throws IOException {
        String config = write("holdfast.yaml", CONFIG).toString();

        check("CREATE TABLE t (a int)", "--config", config, "--preset=strict");
        check("CREATE TABLE t (a int)", "--preset=strict");
        check("TRUNCATE t", "--preset=observe");

        assertThat(lines())
                .containsExactly(
                        "stdin:1: hold    schema      primary  CREATE TABLE: creates t [strict]",
                        "stdin:1: hold    schema      primary  CREATE TABLE: creates t [strict]",
                        "stdin:1: forward destructive primary  TRUNCATE TABLE:"
                                + " empties t [observe: would hold (guardrail)]");
    }

    @Test
    void textThatTheProxyWouldNotInspectIsRefused() throws IOException {
        String config = write("holdfast.yaml", CONFIG + "limits: { inspect-bytes: 1KiB }\n")
                .toString();

        check("SELECT '" + "x".repeat(1015) + "'; SELECT '" + "x".repeat(1016) + "'", "--config", config);

        assertThat(lines())
                .containsExactly(
                        "stdin:1: forward read        follower SELECT: only reads [guardrail]",
                        "stdin:1: refuse  read        follower SELECT:"
                                + " only reads; text is longer than 1024 bytes [inspection]");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                  forward, guardrail",
        "--at=2026-03-11T21:30Z,                              refuse,  nights",
        "--at=2026-03-11T22:30+01:00[Europe/Berlin],          refuse,  nights",
        "--at=2026-03-11T20:30Z,                              forward, guardrail",
        "--environment=staging,                               forward, staging",
        "--environment=local,                                 forward, guardrail",
        "--person=jan,                                        refuse,  jan only reads",
        "--user=janitor,                                      refuse,  jan only reads",
        "--user=auditor,                                      refuse,  auditors",
        "--database=books,                                    refuse,  books",
        "--application=pgbench,                               refuse,  no benchmarks",
        "--address=10.9.0.1,                                  refuse,  from there",
    })
    void eachConditionOnTheClientCanBeGiven(String option, String verdict, String rule) throws IOException {
        String config = write("holdfast.yaml", """
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                protect:
                  rules:
                    - name: nights
                      when: { class: write, time: "22:00-06:00", zone: Europe/Berlin }
                      then: refuse
                    - { name: staging, when: { class: write, environment: staging }, then: allow }
                    - { name: jan only reads, when: { class: write, person: jan }, then: refuse }
                    - { name: auditors, when: { class: write, user: auditor }, then: refuse }
                    - { name: books, when: { class: write, database: books }, then: refuse }
                    - { name: no benchmarks, when: { class: write, application: pgbench }, then: refuse }
                    - { name: from there, when: { class: write, network: 10.9.0.0/16 }, then: refuse }
                people:
                  - { name: bo, approves: true }
                  - { name: kim, approves: true }
                  - { name: lee, approves: true }
                  - { name: jan, postgres: [janitor] }
                """).toString();

        String[] arguments =
                option.isEmpty() ? new String[] {"--config", config} : new String[] {"--config", config, option};
        assertThat(check("INSERT INTO t VALUES (1)", arguments)).isZero();

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(": " + verdict).endsWith('[' + rule + ']'));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsHardlyMeantInTheConfigurationIsTold() throws IOException {
        String config = write("holdfast.yaml", CONFIG).toString();

        assertThat(check("SELECT 1", "--config", config)).isZero();

        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("holdfast check: warning: " + config + ":")
                        .endsWith("protect.approvals: needs 2 approvals, which bo or kim can never get: only 1 other"
                                + " person may approve (expected: at least 3 people with approves: true, or fewer"
                                + " approvals)"));
    }

    @Test
    void invalidConfigurationIsToldWithItsPlace() throws IOException {
        String config =
                write("holdfast.yaml", CONFIG.replace("guardrail", "harsh")).toString();

        assertThat(check("SELECT 1", "--config", config)).isEqualTo(2);

        assertThat(err.toString()).contains("holdfast.yaml:3:11: protect.preset: 'harsh' (expected: observe,");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--preset=harsh,   \"'harsh' (expected: observe, guardrail or strict)\"",
        "--address=db1,    \"'db1' (expected: an IPv4 or IPv6 address)\"",
        "--fail-on=read,   hold",
        "--format=xml,     jsonl",
        "--environment=dev, \"'dev' (expected: production, staging or local)\"",
        "--rows=-1,        \"'-1' (expected: a number from 0 to 999999999999)\"",
        "--at=22:30,       \"'22:30' (expected: a time with its offset or zone, such as 2026-03-14T22:30Z\"",
    })
    void wrongUsageSaysWhatIsExpected(String argument, String expected) {
        assertThat(check("SELECT 1", argument)).isEqualTo(2);

        assertThat(err.toString()).contains(expected.replace("\"", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rows=1000 | UPDATE t SET a = 1 WHERE b  | forward | guardrail",
                "--rows=1001 | UPDATE t SET a = 1 WHERE b  | refuse  | many (1,001 rows)",
                "-q          | UPDATE t SET a = 1 WHERE b  | refuse  | many (rows not counted: see --rows)",
                "--rows=5000 | INSERT INTO t VALUES (1)    | forward | guardrail",
                "--rows=5000 | SELECT a FROM t             | forward | guardrail",
            })
    void rowsAreAsManyAsItIsTold(String option, String sql, String verdict, String rule) throws IOException {
        String config = write("holdfast.yaml", """
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                protect:
                  rules:
                    - { name: many, when: { rows-over: 1000 }, then: refuse }
                people:
                  - { name: di, approves: true }
                  - { name: cy, approves: true }
                  - { name: ed, approves: true }
                """).toString();
        String[] arguments = option.startsWith("--rows")
                ? new String[] {"--config", config, option}
                : new String[] {"--config", config};

        assertThat(check(sql, arguments)).isZero();

        assertThat(out.toString()).startsWith("stdin:1: " + verdict).contains('[' + rule + ']');
    }

    private int check(String input, String... arguments) {
        return new CommandLine(new CheckCommand(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        InstantSource.fixed(Instant.parse("2026-03-11T12:00:00Z"))))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, text);
    }

    /** Without the folder's name. */
    private List<String> lines() {
        return out.toString()
                .lines()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    private static List<String> twice(List<String> once) {
        var both = new ArrayList<String>(once);
        both.addAll(once);
        return both;
    }
}
