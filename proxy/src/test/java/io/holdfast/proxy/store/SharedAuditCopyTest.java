package io.holdfast.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.audit.AuditCopy;
import io.holdfast.proxy.audit.AuditCopy.Chain;
import io.holdfast.proxy.audit.AuditCopy.Found;
import io.holdfast.proxy.audit.AuditFilter;
import io.holdfast.proxy.audit.LogLine;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedAuditCopyTest {
    private static final Instant NOON = Instant.parse("2026-03-13T12:00:00.123456789Z");
    private static final AuditFilter ALL = new AuditFilter(Map.of(), List.of(), null, null);

    private static ControlStoreConfig.Shared config;
    private static AuditCopy copy;

    @BeforeAll
    static void create() throws SQLException, IOException {
        config = ControlDatabase.createOn(TestServers.shared().primary());
        copy = AuditCopies.forCopying(config).open();
    }

    @AfterAll
    static void close() throws IOException {
        copy.close();
    }

    private static LogLine line(long seq, Instant time, String more) {
        return new LogLine(
                seq,
                "before-" + seq,
                time,
                "held",
                "{\"seq\":" + seq + ",\"kind\":\"held\"" + more + '}',
                "hash-" + seq);
    }

    @Test
    void chainsAreKnownByTheirEnds() throws IOException {
        assertThat(copy.chains("ends")).isEmpty();
        copy.append("ends", 1, List.of(line(1, NOON, ""), line(2, NOON, "")));
        copy.append("ends", 3, List.of(line(2, NOON, "")));
        copy.append("ends", 1, List.of(line(3, NOON, "")));
        copy.append("endsToo", 9, List.of(line(7, NOON, "")));

        assertThat(copy.chains("ends")).containsExactly(new Chain(3, 2, 2, "hash-2"), new Chain(1, 1, 3, "hash-3"));
    }

    @Test
    void whatIsAddedIsThereOnceOrNotAtAll() throws IOException {
        try (AuditCopy other = AuditCopies.forCopying(config).open()) {
            other.append("once", 1, List.of(line(1, NOON, ""), line(2, NOON, "")));
            assertThatThrownBy(() -> other.append("once", 1, List.of(line(3, NOON, ""), line(2, NOON, ""))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the control store: ERROR: duplicate key");
        }
        assertThat(copy.rows("once", 1, 1)).extracting(AuditCopy.Row::seq).containsExactly(1L, 2L);
    }

    @Test
    void rowsComeInPieces() throws IOException {
        String bytes = ",\"text\":\"\u00ff" + "x".repeat(300_000) + '"';
        for (long from : List.of(1L, 11L, 21L)) {
            copy.append(
                    "pieces",
                    1,
                    LongStream.range(from, from + 10)
                            .mapToObj(seq -> line(seq, NOON, bytes))
                            .toList());
        }

        assertThat(copy.rows("pieces", 1, 1)).hasSize(14).element(13).satisfies(row -> {
            assertThat(row.seq()).isEqualTo(14);
            assertThat(row.text()).contains(bytes);
            assertThat(row.hash()).isEqualTo("hash-14");
        });
        assertThat(copy.rows("pieces", 1, 29)).hasSize(2);
        assertThat(copy.rows("pieces", 1, 31)).isEmpty();
    }

    @Test
    void aSearchGoesThroughAllProxiesInOrderOfTime() throws IOException {
        Instant day = Instant.parse("2030-01-01T00:00:00Z");
        for (int block = 0; block < 3; block++) {
            long from = block * 800L;
            for (String proxy : List.of("s1", "s2")) {
                copy.append(
                        proxy,
                        1,
                        LongStream.range(from, from + 800)
                                .mapToObj(seq -> line(seq + 1, day.plusSeconds(seq / 3), ""))
                                .toList());
            }
        }
        copy.append("s3", 1, List.of(line(1, day.plusSeconds(5), ",\"hold\":\"H-7K2M\"")));

        List<Found> found = search(new AuditFilter(Map.of(), List.of(), day, null), null);
        assertThat(found).hasSize(4_801).doesNotHaveDuplicates();
        assertThat(found.subList(0, 6)).extracting(Found::proxy).containsExactly("s1", "s1", "s1", "s2", "s2", "s2");
        assertThat(search(new AuditFilter(Map.of(), List.of(), day, day.plusSeconds(1)), "s2"))
                .extracting(Found::text)
                .containsExactly(
                        "{\"seq\":1,\"kind\":\"held\"}",
                        "{\"seq\":2,\"kind\":\"held\"}",
                        "{\"seq\":3,\"kind\":\"held\"}");
        assertThat(search(new AuditFilter(Map.of("hold", "h-7k2m", "kind", "HELD"), List.of(), null, null), null))
                .extracting(Found::proxy)
                .containsExactly("s3");
        assertThat(search(new AuditFilter(Map.of("kind", "vote"), List.of(), null, null), null))
                .isEmpty();
    }

    @Test
    void whatHasNoTimeIsFoundWhereItWasCopied() throws IOException {
        copy.append("timeless", 1, List.of(new LogLine(1, "", null, "", "{}", "")));

        assertThat(search(ALL, "timeless")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE holdfast_audit SET line = '' WHERE proxy = 'stays'",
                "DELETE FROM holdfast_audit WHERE proxy = 'stays'",
                "INSERT INTO holdfast_audit SELECT * FROM holdfast_audit WHERE proxy = 'stays'"
                        + " ON CONFLICT (proxy, chain, seq) DO UPDATE SET line = ''",
                "TRUNCATE holdfast_audit"
            })
    void whatWasCopiedStays(String sql) throws Exception {
        if (copy.chains("stays").isEmpty()) {
            copy.append("stays", 1, List.of(line(1, NOON, "")));
        }
        try (Connection superuser = TestServers.shared().primary().connect("holdfast_control")) {
            assertThatThrownBy(() -> Sql.run(superuser, sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                    .hasMessageContaining("what was copied of an audit log stays");
        }
    }

    /** As the script that people are given has it. */
    @Test
    void theLoginOfTheProxiesCanAddAndNothingElse() throws Exception {
        var server = TestServers.shared().primary();
        ControlStoreConfig.Shared strict = ControlDatabase.createOn(server);
        try (AuditCopy first = AuditCopies.forCopying(strict).open()) {
            first.append("p", 1, List.of(line(1, NOON, "")));
        }
        ControlDatabase.keepCopiesFromTheirWriter(server);
        try (AuditCopy later = AuditCopies.forCopying(strict).open();
                OpenStore holds = new OpenStore(strict)) {
            later.append("p", 1, List.of(line(2, NOON, "")));
            assertThat(later.chains("p")).containsExactly(new Chain(1, 1, 2, "hash-2"));
            assertThat(holds.store().<Integer>change(change -> 1)).isEqualTo(1);
        }
        try (Connection writer =
                DriverManager.getConnection(server.jdbcUrl("holdfast_control"), strict.user(), strict.password())) {
            for (String sql : List.of(
                    "UPDATE holdfast_audit SET line = ''",
                    "DELETE FROM holdfast_audit",
                    "TRUNCATE holdfast_audit",
                    "DROP TABLE holdfast_audit",
                    "ALTER TABLE holdfast_audit DISABLE TRIGGER holdfast_audit_stays",
                    "CREATE OR REPLACE FUNCTION holdfast_audit_stays() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN RETURN NULL; END'",
                    "INSERT INTO holdfast_audit (proxy, chain, seq, at, kind, line, hash, copied_by)"
                            + " VALUES ('p', 1, 3, now(), '', '', '', 'bo')",
                    "DROP SCHEMA public CASCADE",
                    "SET session_replication_role = replica")) {
                assertThatThrownBy(() -> Sql.run(writer, sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
            assertThat(Sql.text(writer, "SELECT DISTINCT copied_by FROM holdfast_audit"))
                    .isEqualTo("holdfast_control");
        }
        try (Connection superuser = server.connect("holdfast_control")) {
            assertThat(Sql.run(superuser, """
                    BEGIN;
                    SET LOCAL session_replication_role = replica;
                    DELETE FROM holdfast_audit AS a USING (
                        SELECT proxy, chain, max(seq) AS seq FROM holdfast_audit
                        WHERE at < now() - interval '2 years' OR seq = 1 GROUP BY proxy, chain) AS old
                    WHERE a.proxy = old.proxy AND a.chain = old.chain AND a.seq <= old.seq;
                    COMMIT""")).isZero();
            assertThat(Sql.number(superuser, "SELECT min(seq) FROM holdfast_audit"))
                    .isEqualTo(2);
        } finally {
            copy.close();
            create();
        }
    }

    private static List<Found> search(AuditFilter filter, @Nullable String proxy) throws IOException {
        List<Found> found = new ArrayList<>();
        copy.search(filter, proxy, found::add);
        return found;
    }
}
