package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.config.RuleConfig;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What approvers are told of a held statement is what the servers say, and nothing that the text could make them say. */
@Timeout(240)
class ImpactTest {
    private static final RuleConfig ROWS_WAIT = new RuleConfig(
            "rows wait",
            new RuleConfig.When(
                    Set.of(),
                    Set.of("UPDATE", "DELETE", "TRUNCATE TABLE", "DROP"),
                    List.of(),
                    List.of(),
                    false,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    List.of()),
            new RuleConfig.Action.Hold(2, Duration.ofSeconds(60)));

    private static final TestServers servers = TestServers.shared();
    private static final int VERSION = Integer.getInteger(TestServers.VERSION, 18);

    /** Short, for the count that must not end; enough for a table of this test on a busy machine. */
    private static final Counting COUNTING = new Counting(Counting.Where.FOLLOWER, Duration.ofSeconds(2));

    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().rules(ROWS_WAIT).counting(COUNTING).admin().start();

    @BeforeAll
    static void createTables() throws SQLException {
        servers.execute(
                "CREATE TABLE im_area (id int PRIMARY KEY, name text)",
                "CREATE TABLE im_shelf (id int PRIMARY KEY, area int REFERENCES im_area ON DELETE CASCADE)",
                "CREATE TABLE im_box (id int PRIMARY KEY, shelf int REFERENCES im_shelf ON DELETE CASCADE, inner_box int REFERENCES im_box ON DELETE CASCADE)",
                "CREATE TABLE im_label (box int REFERENCES im_box ON DELETE SET NULL, area int REFERENCES im_area ON DELETE CASCADE)",
                "CREATE TABLE im_audit (area int REFERENCES im_area)",
                "INSERT INTO im_area SELECT n, 'area ' || n FROM generate_series(1, 100) n",
                "INSERT INTO im_shelf SELECT n, n FROM generate_series(1, 100) n",
                "ALTER TABLE im_area ADD COLUMN favourite int REFERENCES im_shelf ON DELETE CASCADE",
                "CREATE FUNCTION im_log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
                "CREATE TRIGGER im_before BEFORE DELETE ON im_area FOR EACH ROW EXECUTE FUNCTION im_log()",
                "CREATE TRIGGER im_after AFTER DELETE OR TRUNCATE ON im_box FOR EACH STATEMENT EXECUTE FUNCTION im_log()",
                "CREATE TRIGGER im_off AFTER DELETE ON im_area FOR EACH ROW EXECUTE FUNCTION im_log()",
                "ALTER TABLE im_area DISABLE TRIGGER im_off",
                "CREATE TABLE im_parts (id int, at date) PARTITION BY RANGE (id)",
                "CREATE TABLE im_parts_low PARTITION OF im_parts FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE im_parts_high PARTITION OF im_parts FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id)",
                "CREATE TABLE im_parts_higher PARTITION OF im_parts_high FOR VALUES FROM (100) TO (1000)",
                "INSERT INTO im_parts SELECT n, '2026-01-01' FROM generate_series(0, 499) n",
                "CREATE TABLE im_values (id bigint, big numeric, name text, tag uuid, at timestamptz, ok boolean, list int[], data bytea)",
                "INSERT INTO im_values SELECT n, n * 1.5, 'name ' || n, ('00000000-0000-0000-0000-0000000000' || lpad(n::text, 2, '0'))::uuid,"
                        + " '2026-01-01Z'::timestamptz + n * interval '1 day', n % 2 = 0, ARRAY[n], '\\xab' FROM generate_series(1, 20) n",
                "CREATE TABLE im_secret (id int)",
                "INSERT INTO im_secret VALUES (1)",
                "CREATE TABLE im_rows (id int, owner text)",
                "INSERT INTO im_rows SELECT n, 'ana' FROM generate_series(1, 30) n",
                "ALTER TABLE im_rows ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY im_own ON im_rows USING (id <= 10)",
                "CREATE VIEW im_view AS SELECT * FROM im_area",
                "CREATE FUNCTION im_less(int, text) RETURNS boolean LANGUAGE sql AS 'SELECT NOT pg_is_in_recovery()'",
                "CREATE OPERATOR <-> (LEFTARG = int, RIGHTARG = text, FUNCTION = im_less)",
                "CREATE TYPE im_span AS RANGE (subtype = int)", // which brings a cast and a function of its own
                "CREATE TYPE im_pair AS (one int, two int)",
                "CREATE FUNCTION im_first(im_pair) RETURNS int LANGUAGE sql AS 'SELECT ($1).one'",
                "CREATE CAST (im_pair AS int) WITH FUNCTION im_first(im_pair)", // harms nobody who does not write it
                "ANALYZE im_area, im_parts_low, im_parts_higher");
        servers.administer(
                "GRANT SELECT ON im_area, im_shelf, im_box, im_label, im_audit, im_parts, im_values, im_rows, im_view TO holdfast");
    }

    /** What SHOW HOLD tells once it is measured; the hold is denied then. */
    private static List<String> sheet(ProxyFixture through, String table, Callable<?> work) throws Exception {
        Background<?> held = Background.run(work);
        try (ConsoleClient cy = through.console("cy")) {
            String id = cy.awaitWaiting(table);
            try {
                Eventually.holds(() -> isMeasured(cy.rows("SHOW HOLD " + id)));
                return cy.rows("SHOW HOLD " + id);
            } finally {
                cy.deny(id, "only measured");
                assertThat(catchThrowable(held::result)).isInstanceOf(SQLException.class);
            }
        }
    }

    private static boolean isMeasured(List<String> sheet) {
        return sheet.stream().anyMatch(row -> row.startsWith("measured|") || row.startsWith("impact|not measured"));
    }

    private static List<String> sheet(String sql, String table) throws Exception {
        return sheet(proxy, sql, table);
    }

    private static List<String> sheet(ProxyFixture through, String sql, String table) throws Exception {
        try (Connection ana = through.connect("ana")) {
            return sheet(through, table, () -> Sql.run(ana, sql));
        }
    }

    /** Whose name begins so, without the name. */
    private static List<String> values(List<String> sheet, String field) {
        return sheet.stream()
                .filter(row -> row.startsWith(field))
                .map(row -> row.substring(row.indexOf('|') + 1))
                .toList();
    }

    private static String follower() {
        return servers.hosts().getLast().toString();
    }

    @Test
    void rowsOfADeleteAreCountedOnTheFollower() throws Exception {
        List<String> sheet = sheet("DELETE FROM im_area WHERE id <= 7", "im_area");

        assertThat(values(sheet, "statement 1 touches im_area")).containsExactly("7 rows, counted on " + follower());
        assertThat(values(sheet, "statement 1 table public.im_area"))
                .singleElement()
                .asString()
                .endsWith("kB with indexes and TOAST, about 100 rows (the planner's estimate)");
        assertThat(values(sheet, "statement 1 locks"))
                .containsExactly("ROW EXCLUSIVE: others read and write other rows");
    }

    /** Servers before 18 do not report the search path, so it is known from what the session has said. */
    @Test
    void rowsAreThoseOfTheTableThatTheSearchPathLeadsTo() throws Exception {
        servers.execute(
                "CREATE SCHEMA im_one",
                "CREATE SCHEMA \"im_one, im_two\"",
                "CREATE SCHEMA \"Im_One\"",
                "CREATE TABLE im_one.im_same AS SELECT generate_series(1, 5) AS id",
                "CREATE TABLE \"im_one, im_two\".im_same AS SELECT generate_series(1, 3) AS id",
                "CREATE TABLE \"Im_One\".im_same AS SELECT generate_series(1, 4) AS id");
        servers.administer(
                "GRANT USAGE ON SCHEMA im_one, \"im_one, im_two\", \"Im_One\" TO holdfast",
                "GRANT SELECT ON im_one.im_same, \"im_one, im_two\".im_same, \"Im_One\".im_same TO holdfast");

        assertThat(rowsBehind("SET search_path = 'im_one, im_two'")).isEqualTo("3 rows");
        assertThat(rowsBehind("SET search_path = im_one, im_two")).isEqualTo("5 rows");
        assertThat(rowsBehind("SET search_path = \"Im_One\", im_one")).isEqualTo("4 rows");
        assertThat(rowsBehind("SELECT set_config('search_path', '\"im_one, im_two\", im_one', false)"))
                .isEqualTo("3 rows");
        assertThat(rowsBehind("SELECT set_config('search_path', 'im_one, im_two', false)"))
                .isEqualTo("5 rows");
    }

    private static String rowsBehind(String setting) throws Exception {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, setting);
            List<String> sheet = sheet(proxy, "im_same", () -> Sql.run(ana, "DELETE FROM im_same"));
            return String.join("", values(sheet, "statement 1 touches im_same"))
                    .replace(", counted on " + follower(), "");
        }
    }

    @Test
    void rowsThatForeignKeysTakeAlongAreCounted() throws Exception {
        servers.execute(
                "CREATE TABLE im_town (id int, country text, PRIMARY KEY (country, id))",
                "CREATE TABLE im_street (id int PRIMARY KEY, land text, town int,"
                        + " FOREIGN KEY (land, town) REFERENCES im_town (country, id) ON DELETE CASCADE)",
                "CREATE TABLE im_house (id int PRIMARY KEY, street int REFERENCES im_street ON DELETE CASCADE)",
                "CREATE TABLE im_letter (house int REFERENCES im_house ON DELETE SET NULL,"
                        + " reply_to int, id int PRIMARY KEY REFERENCES im_letter)",
                "INSERT INTO im_town SELECT n, 'ch' FROM generate_series(1, 4) n",
                "INSERT INTO im_street SELECT n, 'ch', (n + 1) / 2 FROM generate_series(1, 8) n",
                "INSERT INTO im_house SELECT n, (n + 4) / 5 FROM generate_series(1, 40) n",
                "INSERT INTO im_letter SELECT n, null, n FROM generate_series(1, 12) n");
        servers.administer("GRANT SELECT ON im_town, im_street, im_house TO holdfast");

        List<String> one = sheet("DELETE FROM im_town WHERE id = 1 AND country = 'ch'", "im_town");
        assertThat(values(one, "statement 1 touches")).containsExactly("1 row, counted on " + follower());
        assertThat(one)
                .contains(
                        "statement 1 takes along public.im_street|2 rows, counted on " + follower(),
                        "statement 1 takes along public.im_house|10 rows, counted on " + follower(),
                        "statement 1 takes along public.im_letter|not counted: " + follower()
                                + ": permission denied for table im_letter",
                        "statement 1 takes along further tables|not counted: those to which public.im_letter leads are not known");

        servers.administer("GRANT SELECT ON im_letter TO holdfast");
        assertThat(sheet("DELETE FROM im_town WHERE id <= 2", "im_town"))
                .contains("statement 1 takes along public.im_letter|12 rows, counted on " + follower());
        assertThat(values(sheet("DELETE FROM im_town WHERE id > 4", "im_town"), "statement 1 takes along"))
                .isEmpty();
        assertThat(values(sheet("UPDATE im_town SET country = country", "im_town"), "statement 1 takes along"))
                .isEmpty();
    }

    @Test
    void whatLeadsBackIsFollowedOnce() throws Exception {
        List<String> sheet = sheet("DELETE FROM im_area WHERE id = 3", "im_area");

        assertThat(values(sheet, "statement 1 takes along public.im_shelf"))
                .containsExactly("1 row, counted on " + follower());
        servers.execute("UPDATE im_area SET favourite = 3 WHERE id = 4");
        try {
            assertThat(values(sheet("DELETE FROM im_area WHERE id = 3", "im_area"), "statement 1 takes along"))
                    .containsExactly(
                            "1 row, counted on " + follower(),
                            "1 row, counted on " + follower(),
                            "not counted: a foreign key leads back to public.im_area");
        } finally {
            servers.execute("UPDATE im_area SET favourite = NULL");
        }
    }

    @Test
    void cascadesAreFollowedToAnyDepthThroughCircles() throws Exception {
        List<String> sheet = sheet("DELETE FROM im_area", "im_area");

        assertThat(sheet.stream()
                        .filter(row -> row.startsWith("statement 1 reaches"))
                        .map(row -> row.replaceAll("; .*", "")))
                .containsExactly(
                        "statement 1 reaches public.im_audit|stops it while rows there refer to what would go: im_audit_area_fkey references public.im_area",
                        "statement 1 reaches public.im_label|rows are deleted along: im_label_area_fkey references public.im_area",
                        "statement 1 reaches public.im_shelf|rows are deleted along: im_shelf_area_fkey references public.im_area",
                        "statement 1 reaches public.im_area|rows are deleted along: im_area_favourite_fkey references public.im_shelf, 2 steps away",
                        "statement 1 reaches public.im_box|rows are deleted along: im_box_shelf_fkey references public.im_shelf, 2 steps away",
                        "statement 1 reaches public.im_label|references are set to NULL: im_label_box_fkey references public.im_box, 3 steps away");
        assertThat(values(sheet, "statement 1 trigger"))
                .containsExactly(
                        "public.im_area: im_before before each deleted row calls public.im_log()",
                        "public.im_box: im_after after the DELETE calls public.im_log()");
    }

    @Test
    void truncateCascadeEmptiesAllThatReferences() throws Exception {
        List<String> sheet = sheet("TRUNCATE im_area CASCADE", "im_area");

        assertThat(sheet.stream()
                        .filter(row -> row.startsWith("statement 1 reaches") && row.contains("|is emptied along"))
                        .map(row -> row.replaceAll("[|].*", "")))
                .containsExactlyInAnyOrder(
                        "statement 1 reaches public.im_audit",
                        "statement 1 reaches public.im_label",
                        "statement 1 reaches public.im_shelf",
                        "statement 1 reaches public.im_box");
        assertThat(values(sheet, "statement 1 locks")).containsExactly("ACCESS EXCLUSIVE: nobody reads or writes");
        assertThat(values(sheet, "statement 1 trigger"))
                .containsExactly("public.im_box: im_after after the TRUNCATE calls public.im_log()");
    }

    @Test
    void aPartitionedTableIsAllOfItsPartitions() throws Exception {
        List<String> sheet = sheet("DROP TABLE im_parts", "im_parts");

        assertThat(values(sheet, "statement 1 table public.im_parts"))
                .singleElement()
                .asString()
                .endsWith("about 500 rows (the planner's estimate), with 3 partitions or heirs");
        assertThat(values(sheet("DELETE FROM im_parts WHERE id < 150", "im_parts"), "statement 1 touches"))
                .containsExactly("150 rows, counted on " + follower());
    }

    @Test
    void whoIsInTheWayIsNamedWithWhatTheyRun() throws Exception {
        try (Connection bo = servers.direct("bo")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "SET application_name = 'nightly \u202e'");
            Sql.run(bo, "INSERT INTO im_shelf VALUES (1000, NULL) /* ALTER ROLE bo PASSWORD 's3cret' */");

            List<String> sheet = sheet("TRUNCATE im_area CASCADE", "im_area");

            assertThat(values(sheet, "in the way"))
                    .singleElement()
                    .asString()
                    .matches("process \\d+: bo with nightly "
                            // Of application_name, a byte beyond ASCII is a question mark until 15, then its code.
                            + (VERSION < 16 ? "[?]{3}" : "\\\\xe2\\\\x80\\\\xae")
                            + ", idle in transaction, in a transaction since \\S+Z, has ROW EXCLUSIVE"
                            + " on public[.]im_shelf: INSERT INTO im_shelf .*")
                    .doesNotContain("s3cret");
            assertThat(values(sheet("DELETE FROM im_area", "im_area"), "in the way"))
                    .containsExactly(
                            "nobody has a lock on these tables that conflicts; locks on single rows are not seen");
        }
    }

    @Test
    void whatCannotBeCountedInTimeSaysSo() throws Exception {
        List<String> sheet =
                sheet("DELETE FROM im_area WHERE (SELECT count(*) FROM generate_series(1, 2000000000)) > 0", "im_area");

        assertThat(values(sheet, "statement 1 touches")).containsExactly("more than can be counted in 2s");
        assertThat(values(sheet, "statement 1 table public.im_area")).hasSize(1);
    }

    /** A value that is not text of its type, or that the count would take for another type, would count other rows. */
    @Test
    void boundValuesCountWithTheTypesTheyHaveInTheStatement() throws Exception {
        assertThat(touches("id > ? AND id <= ?", statement -> {
                    statement.setLong(1, 5);
                    statement.setInt(2, 8);
                }))
                .isEqualTo("3 rows, counted on " + follower());
        assertThat(touches("name = ? OR big = ?", statement -> {
                    statement.setString(1, "name 1");
                    statement.setBigDecimal(2, new BigDecimal("3.0"));
                }))
                .isEqualTo("2 rows, counted on " + follower());
        assertThat(touches("tag = ? OR at < ?", statement -> {
                    statement.setObject(1, UUID.fromString("00000000-0000-0000-0000-000000000020"));
                    statement.setTimestamp(2, Timestamp.from(Instant.parse("2026-01-04T00:00:00Z")));
                }))
                .isEqualTo("3 rows, counted on " + follower());
        assertThat(touches("ok = ? AND list && ?", statement -> {
                    statement.setBoolean(1, true);
                    statement.setArray(2, statement.getConnection().createArrayOf("int4", new Integer[] {1, 2, 4}));
                }))
                .isEqualTo("2 rows, counted on " + follower());
        assertThat(touches("data = ? AND name IS DISTINCT FROM ?", statement -> {
                    statement.setBytes(1, new byte[] {(byte) 0xab});
                    statement.setNull(2, Types.VARCHAR);
                }))
                .isEqualTo("20 rows, counted on " + follower());
        // As a number $1 is 10; as text, for which the server takes it in the count alone, it is not.
        assertThat(touches("?::int4 = ? AND ? = '10'", statement -> {
                    statement.setString(1, "1");
                    statement.setInt(2, 1);
                    statement.setObject(3, "010", Types.INTEGER);
                }))
                .isEqualTo("20 rows, counted on " + follower());
    }

    @FunctionalInterface
    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private static String touches(String where, Binding binding) throws Exception {
        try (Connection ana = proxy.connect("ana", Map.of("binaryTransfer", "true"));
                PreparedStatement delete = ana.prepareStatement("DELETE FROM im_values WHERE " + where)) {
            binding.to(delete);
            List<String> sheet = sheet(proxy, "im_values", delete::executeUpdate);
            return String.join("", values(sheet, "statement 1 touches"));
        }
    }

    /** Each would count less on the follower, or in another session, than the statement finds, or run code of somebody's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT pg_is_in_recovery()|pg_is_in_recovery() may answer otherwise here than on the primary, or at another time",
                "name = current_setting('my.setting', true)|current_setting() may answer otherwise here than on the primary, or at another time",
                "name <> current_user|current_user is another one for whoever counts",
                "name = NULL|a comparison with NULL depends on a setting that is not shown",
                "id <-> 'x'|it could mean the operator public.<->",
                "id = (ROW(1, 2)::im_pair)::int|it could use the cast to integer",
                "id IN (SELECT id FROM im_view)|public.im_view is a view",
                "id IN (SELECT id FROM nowhere)|nowhere is not"
            })
    void whatCouldMakeTheCountLieIsNotCounted(String where, String why) throws Exception {
        List<String> sheet = sheet("DELETE FROM im_area WHERE " + where, "im_area");

        // Servers before 18 do not report the search path.
        String where18 = VERSION < 18 ? " there" : " in the search path";
        assertThat(values(sheet, "statement 1 touches"))
                .containsExactly("not counted: " + why + (why.endsWith(" is not") ? where18 : ""));
    }

    @Test
    void aTemporaryTableMayBeMeant() throws Exception {
        servers.execute("CREATE TABLE im_ids AS SELECT 1 AS id WHERE false");
        servers.administer("GRANT SELECT ON im_ids TO holdfast");
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "CREATE TEMP TABLE im_ids AS SELECT generate_series(1, 100) AS id");

            List<String> sheet = sheet(
                    proxy, "im_area", () -> Sql.run(ana, "DELETE FROM im_area WHERE id IN (SELECT id FROM im_ids)"));

            assertThat(values(sheet, "statement 1 touches"))
                    .containsExactly("not counted: a temporary table im_ids may be meant");
        }
    }

    @Test
    void rowSecurityOnlyEverMakesTheNumberLarger() throws Exception {
        assertThat(values(sheet("DELETE FROM im_rows WHERE id > 5", "im_rows"), "statement 1 touches"))
                .containsExactly("not counted: " + follower()
                        + ": query would be affected by row-level security policy for table \"im_rows\"");
        servers.administer("ALTER ROLE holdfast BYPASSRLS");
        try {
            assertThat(values(sheet("DELETE FROM im_rows WHERE id > 5", "im_rows"), "statement 1 touches"))
                    .containsExactly("at most 25 rows, counted on " + follower()
                            + "; row security may keep some of them from who asks");
            assertThat(values(
                            sheet("DELETE FROM im_area WHERE id NOT IN (SELECT id FROM im_rows)", "im_area"),
                            "statement 1 touches"))
                    .containsExactly("not counted: row security changes what its subqueries find");
        } finally {
            servers.administer("ALTER ROLE holdfast NOBYPASSRLS");
        }
    }

    @Test
    void anAccountThatMayNotReadTheTableSaysSoAndTheHoldWorks() throws Exception {
        try (Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            Background<Integer> delete = Background.run(() -> Sql.run(ana, "DELETE FROM im_secret"));
            String id = cy.awaitWaiting("im_secret");
            Eventually.holds(() -> isMeasured(cy.rows("SHOW HOLD " + id)));

            assertThat(values(cy.rows("SHOW HOLD " + id), "statement 1 touches"))
                    .containsExactly("not counted: " + follower() + ": permission denied for table im_secret");
            cy.approve(id);
            di.approve(id);
            assertThat(delete.result()).isEqualTo(1);
        }
    }

    @Test
    void othersQueriesAreForPersonsOnly() throws Exception {
        try (Connection bo = servers.direct("bo");
                Connection stranger = proxy.connect("ana")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "SELECT 'of bo' FROM im_box");
            Background<Integer> drop = Background.run(() -> Sql.run(stranger, "DROP TABLE im_box CASCADE"));
            try (ConsoleClient cy = proxy.console("cy");
                    HttpClient client = HttpClient.newHttpClient()) {
                String id = cy.awaitWaiting("im_box");
                Eventually.holds(() -> isMeasured(cy.rows("SHOW HOLD " + id)));
                URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + "/api/holds/" + id);
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer hf_di")
                        .build();
                JsonNode impact = new ObjectMapper()
                        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .path("impact");

                assertThat(impact.path("state").asText()).isEqualTo("measured");
                assertThat(impact.path("in_the_way").path(0).path("user").asText())
                        .isEqualTo("bo");
                assertThat(impact.path("in_the_way").path(0).path("query").asText())
                        .contains("of bo");
                assertThat(impact.path("in_the_way_count").asInt()).isEqualTo(1);
                assertThat(impact.path("statements").path(0).path("reaches").toString())
                        .contains("\"name\":\"public.im_label\"", "\"effect\":\"drops constraint\"");
                assertThat(impact.path("statements").path(0).path("locks").toString())
                        .isEqualTo("[{\"table\":\"public.im_box\",\"mode\":\"ACCESS EXCLUSIVE\"}]");
                cy.deny(id, "no");
                assertThat(catchThrowable(drop::result)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void aFollowerThatIsAwayCountsNothingAndTheRestIsTold() throws Exception {
        HostPort away = new HostPort("127.0.0.1", 1);
        try (ProxyFixture lonely = ProxyFixture.builder()
                .hosts(servers.hosts().getFirst(), away)
                .rules(ROWS_WAIT)
                .start()) {
            List<String> sheet = sheet(lonely, "DELETE FROM im_area", "im_area");

            assertThat(values(sheet, "statement 1 touches"))
                    .singleElement()
                    .asString()
                    .startsWith("not counted: no follower can count: 127.0.0.1:1: ");
            assertThat(values(sheet, "statement 1 table public.im_area")).hasSize(1);
            assertThat(values(sheet, "in the way")).hasSize(1);
        }
    }

    @Test
    void theOnlyServerCountsOnlyWhereItIsTold() throws Exception {
        HostPort primary = servers.hosts().getFirst();
        try (ProxyFixture alone =
                ProxyFixture.builder().hosts(primary).rules(ROWS_WAIT).start()) {
            assertThat(values(sheet(alone, "DELETE FROM im_area", "im_area"), "statement 1 touches"))
                    .containsExactly("not counted: there is no follower");
        }
        try (ProxyFixture alone = ProxyFixture.builder()
                .hosts(primary)
                .rules(ROWS_WAIT)
                .counting(new Counting(Counting.Where.ONLY_SERVER, Duration.ofSeconds(10)))
                .start()) {
            assertThat(values(sheet(alone, "DELETE FROM im_area", "im_area"), "statement 1 touches"))
                    .containsExactly("100 rows, counted on " + primary);
        }
    }

    @Test
    void severalStatementsAreMeasuredEach() throws Exception {
        List<String> sheet = sheet(
                "UPDATE im_area SET name = 'x' WHERE id = 1; DELETE FROM im_shelf; DROP SCHEMA im_nothing", "im_area");

        assertThat(values(sheet, "statement 1 touches")).containsExactly("1 row, counted on " + follower());
        assertThat(values(sheet, "statement 1 reaches")).isEmpty(); // no key changes
        assertThat(values(sheet, "statement 2 touches")).containsExactly("100 rows, counted on " + follower());
        assertThat(values(sheet, "statement 3 note")).containsExactly("schema im_nothing has 0 tables");
    }
}
