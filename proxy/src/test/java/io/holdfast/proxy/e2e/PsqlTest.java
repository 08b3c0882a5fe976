package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** psql shows through the proxy what it shows without. */
@Timeout(120)
class PsqlTest {
    private static ClientProgram.Installed psql;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @BeforeAll
    static void findPsql() {
        psql = ClientProgram.installed("psql");
    }

    @Test
    void backslashCommandsShowTheSame() throws Exception {
        showsTheSame("""
                \\d
                \\d orders
                \\d+ order_items
                \\dt public.*
                \\dt+ pg_catalog.pg_am
                \\di
                \\ds
                \\dv+
                \\sv order_totals
                \\df holdfast.*
                \\dn+
                \\du
                \\dp orders
                \\l
                \\dT pg_catalog.in*
                \\dx
                \\x
                SELECT * FROM products ORDER BY id LIMIT 3;
                \\encoding
                \\echo :SERVER_VERSION_NAME :DBNAME :USER
                """);
    }

    @Test
    void resultsOfEveryShapeShowTheSame() throws Exception {
        showsTheSame("""
                SELECT 1 \\; SELECT 2 \\; SELECT;
                SELECT id, name, price_cents FROM products WHERE id < 4 \\gdesc
                SELECT 'a' AS x, 'b' AS y \\gset
                \\echo :x :y
                SELECT format('SELECT %s', n) FROM generate_series(1, 3) n \\gexec
                SELECT n % 3, n % 2, n FROM generate_series(1, 5) n \\crosstabview
                TABLE products ORDER BY id LIMIT 2;
                VALUES (1, NULL), (2, 'Größe');
                EXPLAIN (COSTS off) SELECT * FROM orders WHERE id = 7;
                WITH a AS (SELECT 1 AS n) SELECT * FROM a;
                SHOW search_path;
                SET work_mem = '8MB';
                SHOW work_mem;
                RESET work_mem;
                """);
    }

    @Test
    void errorsShowWhereTheyAre() throws Exception {
        showsTheSame("""
                SELECT 1 FROM no_such_table WHERE x = 2;
                \\errverbose
                SELECT
                  1,
                  no_such_column
                FROM orders;
                SELEC 1;
                SELECT 1/0;
                SELECT 'x'::int;
                INSERT INTO products (id, sku, name, price_cents) VALUES (0, 'free', 'free', 0);
                """);
    }

    @Test
    void bindShowsTheSame() throws Exception {
        assumeTrue(psql.major() >= 16, "psql " + psql.major() + " has no \\bind");
        showsTheSame("SELECT $1::int + $2::int AS sum \\bind 3 4 \\g\n");
    }

    @Test
    void cursorsShowTheSame() throws Exception {
        showsTheSame("""
                BEGIN;
                DECLARE c CURSOR FOR SELECT id, status FROM orders ORDER BY id;
                FETCH 3 FROM c;
                MOVE 100 IN c;
                FETCH NEXT FROM c;
                CLOSE c;
                COMMIT;
                \\set FETCH_COUNT 1000
                SELECT id FROM orders ORDER BY id;
                """);
    }

    @Test
    void aLargeResultIsTheSame() throws Exception {
        showsTheSame("SELECT n, md5(n::text), repeat('x', n % 100) FROM generate_series(1, 200000) n;\n");
    }

    @Test
    void notificationsAreShown() throws Exception {
        String shown = ClientProgram.run(
                psql,
                proxy.port(),
                "LISTEN psql_news;\nNOTIFY psql_news, 'hear hear';\nSELECT 1;\n",
                "-X",
                "-d",
                "shop");
        assertThat(shown).contains("Asynchronous notification \"psql_news\" with payload \"hear hear\" received");
    }

    @Test
    void copyGoesInAndOut(@TempDir Path folder) throws Exception {
        proxy.servers().execute("CREATE TABLE psql_copied (n int, t text)");
        Path in = Files.writeString(folder.resolve("in.tsv"), "1\tone\n2\ttwo\n");
        Path out = folder.resolve("out.tsv");
        String shown = ClientProgram.run(psql, proxy.port(), """
                \\copy psql_copied FROM '%s'
                COPY psql_copied FROM STDIN;
                3\tthree
                \\.
                COPY psql_copied FROM STDIN;
                not a number\tfour
                \\.
                \\copy (SELECT * FROM psql_copied ORDER BY n) TO '%s'
                COPY (SELECT count(*) FROM psql_copied) TO STDOUT;
                """.formatted(in, out), "-X", "-d", "shop");
        assertThat(out).hasContent("1\tone\n2\ttwo\n3\tthree\n");
        assertThat(shown)
                .contains("COPY 2\n", "COPY 1\n", "invalid input syntax for type integer", "COPY 3\n")
                .endsWith("3\n");
    }

    @Test
    void watchRunsUntilInterrupted() throws Exception {
        try (ClientProgram running = start("SELECT 'watched' AS w \\watch 0.1\n")) {
            Eventually.holds(() -> running.soFar().split("watched", -1).length > 3);
            running.interrupt();
            assertThat(running.output()).contains("watched");
        }
    }

    /** The proxy stands for the primary, whichever server answers. */
    @ParameterizedTest
    @CsvSource({"any, 0", "read-write, 0", "primary, 0", "prefer-standby, 0", "read-only, 2", "standby, 2"})
    void psqlFindsTheSessionThatItLooksFor(String attributes, int exit) throws Exception {
        String target = "host=127.0.0.1,127.0.0.1 port=1," + proxy.port()
                + " user=ana dbname=shop connect_timeout=10 target_session_attrs=" + attributes;
        try (ClientProgram running = ClientProgram.start(
                proxy.port(), "", List.of(psql.path().toString(), "-X", "-Atc", "SELECT 'found'", target))) {
            String said = running.output();
            assertThat(running.exitCode()).as(said).isEqualTo(exit);
            assertThat(said.contains("found")).isEqualTo(exit == 0);
        }
    }

    @Test
    void controlCEndsARunningStatement() throws Exception {
        try (ClientProgram running = start("\\echo begins\nSELECT pg_sleep(60) /* psql */;\n")) {
            Eventually.holds(
                    () -> running.soFar().contains("begins") && Activity.isRunning(proxy, "pg_sleep(60) /* psql"));
            running.interrupt();
            assertThat(running.output()).contains("ERROR:  canceling statement due to user request");
        }
    }

    @Test
    void controlCWithdrawsAHeldStatement() throws Exception {
        proxy.servers().execute("CREATE TABLE psql_held AS SELECT 1 AS n");
        try (ConsoleClient cy = proxy.console("cy");
                ClientProgram running = start("TRUNCATE psql_held;\n")) {
            String id = cy.awaitWaiting("TRUNCATE psql_held");
            Eventually.holds(() -> running.soFar().contains("NOTICE:  held as " + id));
            running.interrupt();
            assertThat(running.output()).contains("ERROR:  canceling statement due to user request");
            cy.awaitHold("TRUNCATE psql_held", "withdrawn");
        }
        assertThat(proxy.servers().count("psql_held")).isEqualTo(1);
    }

    private static void showsTheSame(String script) throws Exception {
        SameOutput.of(psql, proxy, script, "-X", "-d", "shop");
    }

    private static ClientProgram start(String script) throws Exception {
        return ClientProgram.start(psql, proxy.port(), script, "-X", "-d", "shop");
    }
}
