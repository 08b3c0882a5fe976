package io.holdfast.proxy.bypass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementReader;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What we call a read, a real standby serves, and nothing about it or the session is other afterwards. */
@Timeout(120)
class FollowerReadsTest {
    /** What a server that replays says to what only a primary can do. */
    private static final Set<String> RECOVERY = Set.of("25006", "0A000", "55000");

    /**
     * Only a primary knows what these ask for. They stay reads, because they are, and so may run while writes are frozen: a
     * follower's refusal sends them on to the primary.
     */
    private static final Set<String> ANSWERED_BY_THE_PRIMARY = Set.of(
            "pg_current_wal_flush_lsn",
            "pg_current_wal_insert_lsn",
            "pg_current_wal_lsn",
            "pg_walfile_name",
            "pg_walfile_name_offset");

    /** Values that are something to the functions, rather than nothing. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("bigint", "1"),
            Map.entry("boolean", "true"),
            Map.entry("double precision", "1"),
            Map.entry("integer", "1"),
            Map.entry("name", "'pg_class'"),
            Map.entry("numeric", "1"),
            Map.entry("oid", "1259"),
            Map.entry("pg_lsn", "'0/1'"),
            Map.entry("real", "1"),
            Map.entry("regclass", "'pg_class'"),
            Map.entry("smallint", "1"),
            Map.entry("text", "'postgres'"),
            Map.entry("timestamp with time zone", "now()"),
            Map.entry("xid", "'1'"),
            Map.entry("xid8", "'1'"));

    private static final List<String> STATE = List.of(
            "SELECT name || '=' || coalesce(setting, '') FROM pg_settings ORDER BY 1",
            "SELECT slot_name::text FROM pg_replication_slots ORDER BY 1",
            "SELECT mode || objid FROM pg_locks WHERE locktype = 'advisory' ORDER BY 1",
            "SELECT pg_is_in_recovery() || ' ' || pg_get_wal_replay_pause_state()",
            "SELECT datname || stats_reset FROM pg_stat_database WHERE stats_reset IS NOT NULL ORDER BY 1",
            "SELECT name FROM pg_cursors UNION ALL SELECT name FROM pg_prepared_statements",
            "SELECT pg_listening_channels()");

    @Test
    void everyHarmlessFunctionRunsOnTheFollower(TestReporter reporter) throws SQLException {
        Map<String, String> refused = new TreeMap<>();
        int calls = 0;
        try (Connection follower = follower()) {
            List<String> before = state(follower);
            for (String row : Sql.rows(follower, Attempt.resource("functions.sql"))) {
                String[] function = row.split("\\|", -1);
                if (classOf("SELECT pg_catalog." + quoted(function[0]) + "()") == StatementClass.READ
                        && !function[0].startsWith("pg_sleep")) {
                    for (String call : calls(function)) {
                        calls++;
                        String error = run(follower, call);
                        if (error != null && isRecovery(error)) {
                            refused.put(function[0], call + ": " + error);
                        }
                    }
                }
            }
            assertThat(state(follower)).isEqualTo(before);
        }
        reporter.publishEntry(calls + " calls");
        assertThat(calls).isGreaterThan(3_800); // PostgreSQL 14 has fewer than 18
        assertThat(refused).containsOnlyKeys(ANSWERED_BY_THE_PRIMARY);
    }

    @Test
    void everyReadOfTheCorpusThatRunsRunsOnTheFollower(TestReporter reporter) throws SQLException {
        List<String> refused = new ArrayList<>();
        int ran = 0;
        try (Connection follower = follower()) {
            List<String> before = state(follower);
            for (String sql : Corpus.texts(line -> line.has("readable"))) {
                if (classOf(sql) == StatementClass.READ && !sql.contains("pg_sleep")) {
                    String error = run(follower, sql);
                    ran += error == null ? 1 : 0;
                    if (error != null && isRecovery(error)) {
                        refused.add(sql + ": " + error);
                    }
                }
            }
            assertThat(state(follower)).isEqualTo(before);
        }
        reporter.publishEntry(ran + " reads of the corpus ran");
        assertThat(refused).isEmpty();
    }

    /** No assertion: a standby takes more than we send it, and why is worth a look. */
    @Test
    void whatTheFollowerWouldTakeBeyondOurReadsIsReported(TestReporter reporter) throws SQLException {
        Map<String, Integer> causes = new TreeMap<>();
        try (Connection follower = TestServers.shared().follower().connect(TestServers.DATABASE)) {
            Sql.run(follower, "SET SESSION AUTHORIZATION di");
            prepare(follower);
            for (String sql : Corpus.texts(
                    line -> line.get("kinds").toString().equals("[\"SelectStmt\"]") && !line.has("readable"))) {
                SqlFacts facts = read(sql);
                StatementClass found = facts.statementClass();
                if (found == StatementClass.WRITE && run(follower, "BEGIN; " + sql + "; ROLLBACK") == null) {
                    String cause = facts.statements().getFirst().reason();
                    causes.merge(cause, 1, Integer::sum);
                }
            }
        }
        reporter.publishEntry("accepted by a follower, not sent there: " + causes);
    }

    private static Connection follower() throws SQLException {
        Connection follower = TestServers.shared().follower().connect(TestServers.DATABASE);
        prepare(follower);
        return follower;
    }

    private static void prepare(Connection follower) throws SQLException {
        Sql.run(follower, "SET default_transaction_read_only = on");
        Sql.run(follower, "SET statement_timeout = '500ms'");
        Sql.run(follower, "SET client_min_messages = error");
    }

    /** With nothing, and with something where a sample is known. */
    private static Set<String> calls(String[] function) {
        List<String> nulls = new ArrayList<>();
        List<String> samples = new ArrayList<>();
        for (String type : function[2].isEmpty() ? new String[0] : function[2].split(";", -1)) {
            nulls.add("NULL::" + type);
            samples.add(SAMPLES.getOrDefault(type, "NULL") + "::" + type);
        }
        String over = function[1].equals("w") ? " OVER ()" : "";
        Set<String> calls = new TreeSet<>();
        for (List<String> arguments : List.of(nulls, samples)) {
            calls.add("SELECT pg_catalog." + quoted(function[0]) + '(' + String.join(", ", arguments) + ')' + over);
        }
        return calls;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /** Runs it to the end; gives SQLSTATE and message of what went wrong, or null. */
    private static @Nullable String run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(100);
            statement.execute(sql);
            return null;
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw new AssertionError(sql, e);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
            return e.getSQLState() + ' ' + e.getMessage();
        }
    }

    /** Not every 0A000 and 55000 is about recovery. */
    private static boolean isRecovery(String error) {
        String code = error.substring(0, 5);
        return RECOVERY.contains(code)
                && (code.equals("25006") || error.contains("recovery") || error.contains("standby"));
    }

    private static List<String> state(Connection follower) throws SQLException {
        List<String> state = new ArrayList<>();
        for (String question : STATE) {
            state.addAll(Sql.rows(follower, question));
        }
        return state;
    }

    private static StatementClass classOf(String sql) {
        return read(sql).statementClass();
    }

    private static SqlFacts read(String sql) {
        byte[] bytes = sql.getBytes(UTF_8);
        return StatementReader.read(bytes, 0, bytes.length);
    }
}
