package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backslash command of psql that asks the server, on a schema that has one of everything. */
@Timeout(120)
class PsqlCommandsTest {
    private static ClientProgram.Installed psql;

    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().clientTls(false).start();

    @BeforeAll
    static void createOneOfEverything() throws Exception {
        psql = ClientProgram.installed("psql");
        try (var in = PsqlCommandsTest.class.getResourceAsStream("everything.sql")) {
            proxy.servers().administer(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** None of these may make anybody wait; those that do say so, and decide. */
    @AfterEach
    void nothingWaits() throws Exception {
        try (ConsoleClient cy = proxy.console("cy")) {
            assertThat(cy.holds()).noneMatch(hold -> hold.state().equals("waiting"));
        }
    }

    /** One group to a run of psql: relations, their parts, code, access methods, text search, the cluster, other servers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "d,dt,di,ds,dv,dm,dE,dP,dPtn,dp,z,d every.*",
                "dD,dT,dX,dy,dd,ddp,drds",
                "da,df,dfn,dft,dfp,dfa,dL,do,dC,dc,dO",
                "dA,dAc,dAf,dAo,dAp,dF,dFd,dFp,dFt",
                "l,db,dg,du,drg,dn,dconfig work_mem",
                "des,det,deu,dew,dRp,dRs,dx,dl,lo_list"
            })
    void listsShowTheSame(String commands) throws Exception {
        var script = new StringBuilder("SET search_path = every, public;\n");
        for (String command : commands.split(",", -1)) {
            int end = command.indexOf(' ') < 0 ? command.length() : command.indexOf(' ');
            String name = command.substring(0, end);
            String pattern = command.substring(end);
            script.append("\\").append(name).append(pattern).append('\n');
            script.append("\\").append(name).append('S').append(pattern).append('\n');
            script.append("\\pset format unaligned\n");
            script.append("\\").append(name).append('+').append(pattern).append('\n');
            script.append("\\pset format aligned\n");
        }
        showsTheSame(script.toString());
    }

    @Test
    void definitionsShowTheSame() throws Exception {
        showsTheSame("""
                \\sf every.twice
                \\sf+ every.twice(integer)
                \\sf every.missing
                \\sv every.seen
                \\sv+ every.seen
                \\sv every.missing
                """);
    }

    @Test
    void anEditorSeesTheSame() throws Exception {
        showsTheSame("""
                \\setenv PSQL_EDITOR cat
                \\ef every.twice
                \\ev every.seen
                \\ef
                """);
    }

    @Test
    void whatAnEditorChangesIsRun() throws Exception {
        assertThat(run("""
                \\setenv PSQL_EDITOR 'sed -i s/11/12/'
                \\ef every.edited
                ;
                SELECT every.edited();
                """)).contains("CREATE FUNCTION", "12");
    }

    @Test
    void whatTheSessionIsShowsTheSame() throws Exception {
        showsTheSame("""
                \\conninfo
                \\echo :DBNAME :USER :HOST :ENCODING :SERVER_VERSION_NAME :SERVER_VERSION_NUM
                \\encoding
                \\encoding LATIN1
                SELECT name FROM customers WHERE name <> 'x' ORDER BY id LIMIT 3;
                \\encoding UTF8
                \\timing on
                SELECT 1;
                \\timing off
                \\c - bo
                SELECT current_user, session_user;
                \\c postgres ana
                SELECT current_database();
                """);
    }

    @Test
    void connectingToNoDatabaseFailsTheSame() throws Exception {
        String input = "\\c no_such_database\nSELECT 1;\n";
        for (int port : new int[] {proxy.servers().primary().port(), proxy.port()}) {
            try (ClientProgram running = ClientProgram.start(psql, port, input, "-X", "-d", "shop")) {
                assertThat(running.output()).contains("FATAL:  database \"no_such_database\" does not exist");
                assertThat(running.exitCode()).isEqualTo(2);
            }
        }
    }

    @Test
    void resultsGoWhereTheyShould(@TempDir Path folder) throws Exception {
        showsTheSame(
                """
                SELECT id, sku FROM products ORDER BY id LIMIT 2 \\g %1$s
                \\! cat %1$s
                SELECT 1 AS one \\g (format=csv) | cat
                SELECT 1 AS one, 2 AS two \\gx
                SELECT count(*) AS products FROM products \\gset shop_
                \\echo :shop_products
                \\if :shop_products
                  SELECT 'some';
                \\else
                  SELECT 'none';
                \\endif
                \\o | cat
                SELECT 'through a pipe';
                \\o
                SELECT 1/0;
                \\errverbose
                \\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE
                \\i %2$s
                SELECT customer_id %% 2 AS odd, status, count(*) FROM orders GROUP BY 1, 2 ORDER BY 2 \\crosstabview status odd count
                """.formatted(folder.resolve("out"), Files.writeString(folder.resolve("in.sql"), "SELECT 'read';\n")));
    }

    @Test
    void whatIsGeneratedIsRun() throws Exception {
        showsTheSame("""
                BEGIN;
                SELECT format('CREATE TABLE every.generated_%s (n int)', n) FROM generate_series(1, 3) n \\gexec
                SELECT format('INSERT INTO every.generated_%s VALUES (1)', n) FROM generate_series(1, 3) n \\gexec
                SELECT * FROM every.generated_2;
                ROLLBACK;
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\set ON_ERROR_ROLLBACK on", "\\set AUTOCOMMIT off", "\\set FETCH_COUNT 2"})
    void theWaysToWorkInATransactionWork(String setting) throws Exception {
        showsTheSame(setting + """

                BEGIN;
                INSERT INTO every.parent VALUES (3, 'three', NULL) RETURNING *;
                SELECT no_such_column;
                SELECT n, t FROM every.parent ORDER BY n;
                ROLLBACK;
                SELECT n, t FROM every.parent ORDER BY n;
                ROLLBACK;
                """);
    }

    @Test
    void copyTakesEveryOption(@TempDir Path folder) throws Exception {
        String rows = folder.resolve("rows").toString();
        showsTheSame("""
                \\copy (SELECT id, name FROM products ORDER BY id LIMIT 3) TO '%1$s' WITH (FORMAT csv, HEADER, FORCE_QUOTE *)
                \\! cat %1$s
                BEGIN;
                CREATE TABLE every.copied (n bigint, t text);
                \\copy every.copied FROM '%1$s' WITH (FORMAT csv, HEADER)
                \\copy every.copied (n) FROM PROGRAM 'echo 7; echo 8' WHERE n > 7
                \\copy every.copied FROM stdin DELIMITER '|' NULL '-'
                9|nine
                10|-
                \\.
                TABLE every.copied ORDER BY n;
                \\copy every.copied TO '%1$s.bin' WITH (FORMAT binary)
                \\copy every.copied FROM '%1$s.bin' WITH (FORMAT binary)
                SELECT count(*) FROM every.copied;
                \\copy every.copied TO stdout
                ROLLBACK;
                \\copy no_such_table FROM '%1$s'
                \\copy every.parent FROM '/no/such/file'
                """.formatted(rows));
    }

    @Test
    void largeObjectsGoInAndOut(@TempDir Path folder) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "large\n".repeat(10_000));
        Path out = folder.resolve("out");
        assertThat(run("""
                \\lo_import '%s' 'from psql'
                \\lo_export :LASTOID '%s'
                \\lo_list
                """.formatted(in, out))).contains("lo_import ", "lo_export", "from psql");
        assertThat(out).hasSameBinaryContentAs(in);
    }

    /** It asks at the terminal, if there is one; so it runs in a session that has none, and asks its input. */
    @Test
    void aChangeOfPasswordWaitsForPeople() throws Exception {
        ClientProgram.Installed setsid = ClientProgram.installed("setsid");
        proxy.servers().administer("CREATE ROLE every_login LOGIN", "GRANT every_login TO ana WITH ADMIN OPTION");
        try (ConsoleClient cy = proxy.console("cy");
                ClientProgram running = ClientProgram.start(
                        proxy.port(),
                        "\\password every_login\nnew secret\nnew secret\n",
                        List.of(setsid.path().toString(), psql.path().toString(), "-X"))) {
            String id = cy.awaitWaiting("every_login");
            assertThat(cy.hold(id).statement()).doesNotContain("SCRAM-SHA-256$");
            assertThat(cy.rows("SHOW HOLD " + id).toString())
                    .contains("ALTER ROLE")
                    .doesNotContain("SCRAM-SHA-256$");
            cy.deny(id, "not now");
            assertThat(running.output())
                    .contains("NOTICE:  held as " + id, "ERROR:  statement was not approved: " + id);
        }
        assertThat(Files.readString(proxy.audit())).contains("every_login").doesNotContain("SCRAM-SHA-256$");
    }

    private static void showsTheSame(String script) throws Exception {
        SameOutput.of(psql, proxy, script, "-X", "-d", TestServers.DATABASE);
    }

    private static String run(String script) throws Exception {
        return ClientProgram.run(psql, proxy.port(), script, "-X", "-d", TestServers.DATABASE);
    }
}
