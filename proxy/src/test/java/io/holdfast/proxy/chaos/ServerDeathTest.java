package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that die at any moment: a client gets its rows or a clean error, never a hang and never half a truth. */
@ExtendWith(Alarms.class)
class ServerDeathTest {
    private static final String ROWS = "SELECT repeat('x', 1000) FROM generate_series(1, 20000)";

    private static TestServers servers;

    @AutoClose
    private static ChaosProxy proxy;

    @BeforeAll
    static void open() throws Exception {
        servers = Victims.alive();
        proxy = ChaosProxy.start();
        Victims.table("precious", 10);
    }

    @BeforeEach
    void bothServersServe() {
        servers = Victims.alive();
        await().atMost(Victims.LIMIT).ignoreExceptions().until(() -> {
            try (Connection reader = proxy.connect("probe");
                    Connection writer = proxy.connect("probe")) {
                return Sql.onFollower(reader) && Sql.run(writer, "UPDATE precious SET id = id WHERE id = 1") == 1;
            }
        });
    }

    @Test
    void aReaderWhoseFollowerIsKilledWhileIdleReadsOnFromThePrimary() throws Exception {
        try (Connection reader = proxy.connect("reader")) {
            assertThat(Sql.onFollower(reader)).isTrue();
            servers.follower().kill();
            assertThat(Sql.onFollower(reader)).isFalse();
            assertThat(Sql.number(reader, "SELECT count(*) FROM precious")).isEqualTo(10);
        }
    }

    @Test
    void aReadWhoseFollowerIsKilledBeforeTheFirstByteRunsOnThePrimary() throws Exception {
        try (Connection reader = proxy.connect("waiting");
                WireClient wire = WireClient.login(proxy.port(), "waiting")) {
            var answer = Background.run(() -> Sql.text(reader, "SELECT pg_is_in_recovery() FROM pg_sleep(2)"));
            wire.query("SELECT pg_is_in_recovery() FROM pg_sleep(2)");
            awaitActive(2);
            servers.follower().kill();
            assertThat(answer.result()).isEqualTo("f");
            List<Frame> frames = wire.readUntil('Z');
            assertThat(frames).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
            assertThat(frames.get(1).text()).endsWith("f");
        }
    }

    @Test
    void aReadWhoseBackendIsTerminatedBeforeTheFirstByteRunsOnThePrimary() throws Exception {
        try (Connection reader = proxy.connect("waiting")) {
            var answer = Background.run(() -> Sql.text(reader, "SELECT pg_is_in_recovery() FROM pg_sleep(2)"));
            awaitActive(1);
            assertThat(Victims.terminate(servers.follower(), "waiting")).isEqualTo(1);
            assertThat(answer.result()).isEqualTo("f");
            awaitReturn(reader);
        }
    }

    @Test
    void pipelinedReadsWhoseFollowerIsKilledAreAllAnsweredInOrderOrTheSessionEnds() throws Exception {
        try (WireClient wire = WireClient.login(proxy.port(), "waiting")) {
            wire.query("SELECT 'first' FROM pg_sleep(2)");
            wire.query("SELECT 'second'");
            wire.query("SELECT 'third'");
            awaitActive(1);
            servers.follower().kill();
            assertInOrder(wire);
        }
    }

    @Test
    void pipelinedReadsOfWhichTheFirstIsTriedAgainAreAnsweredInOrder() throws Exception {
        try (WireClient wire = WireClient.login(proxy.port(), "waiting")) {
            wire.ask("SELECT 1");
            // What a standby refuses and a primary does not (55000).
            wire.query("SELECT 'first' || left(pg_current_wal_lsn()::text, 0)");
            wire.query("SELECT 'second'");
            wire.query("SELECT 'third'");
            assertInOrder(wire);
        }
    }

    /** By then the row description has been sent, and with the extended protocol more than that. */
    @Test
    void aReadThatAFollowerRefusesAtItsFirstRowRunsOnThePrimaryAndTheClientSeesOneAnswer() throws Exception {
        String onlyThere = "SELECT 'fine' || left(pg_current_wal_lsn()::text, 0)";
        try (Connection reader = proxy.connect("waiting");
                WireClient wire = WireClient.login(proxy.port(), "waiting")) {
            assertThat(wire.ask(onlyThere)).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
            for (int i = 0; i < 10; i++) { // pgjdbc names the statement after five
                awaitReturn(reader);
                try (var statement = reader.prepareStatement(onlyThere);
                        var rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("fine");
                }
            }
        }
    }

    /** A follower serves the session again once it is known to have what the primary has shown. */
    private static void awaitReturn(Connection reader) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Sql.onFollower(reader));
    }

    private static void assertInOrder(WireClient wire) throws Exception {
        for (String expected : List.of("first", "second", "third")) {
            List<Frame> frames = wire.readUntil('Z');
            if (frames.stream().anyMatch(frame -> frame.type() == 'E')) {
                assertThat(frames).noneMatch(frame -> frame.type() == 'D');
                continue;
            }
            assertThat(frames).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
            assertThat(frames.get(1).text()).endsWith(expected);
        }
    }

    private static void awaitActive(int backends) {
        await().atMost(Victims.LIMIT)
                .until(() -> Victims.backends(servers.follower(), "waiting").stream()
                                .filter(row -> row.contains("|active|"))
                                .count()
                        == backends);
    }

    @Test
    void aResultCutOffByTheFollowersDeathEndsInAnErrorAndTheSessionOrBothGoOn() throws Exception {
        try (WireClient wire = WireClient.login(proxy.port(), "cut")) {
            wire.query(ROWS);
            assertThat(wire.read().type()).isEqualTo('T');
            servers.follower().kill();
            List<Frame> frames = wire.readUntilClosedOrReady();
            assertThat(frames).filteredOn(frame -> frame.type() == 'D').allMatch(ServerDeathTest::isWhole);
            assertThat(frames).noneMatch(frame -> frame.type() == 'C');
            if (frames.getLast().type() == 'Z') {
                assertThat(frames.get(frames.size() - 2).code()).isEqualTo("PW009");
                assertThat(wire.ask("SELECT 1")).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
            }
        }
    }

    private static boolean isWhole(Frame row) {
        return row.text().endsWith("x".repeat(1000));
    }

    /** Whatever the proxy says in the middle of a row would be taken for the rest of the row. */
    @Test
    void aRowCutOffByAServersDeathIsNotFilledUpWithAnything() throws Exception {
        for (String begin : List.of("SELECT 1", "BEGIN")) {
            bothServersServe();
            try (WireClient wire = WireClient.login(proxy.port(), "cut")) {
                wire.ask(begin);
                wire.query("SELECT repeat('x', 50000000)");
                assertThat(wire.read().type()).isEqualTo('T');
                byte[] row = wire.readPart(1000); // the rest waits in the server
                servers.follower().kill();
                if (begin.equals("BEGIN")) {
                    servers.primary().kill();
                }
                assertThat(new String(row, StandardCharsets.ISO_8859_1))
                        .startsWith("D")
                        .endsWith("xxx");
                assertThat(wire.restContainsOnly('x')).isTrue();
            }
        }
    }

    @Test
    void aSessionWhosePrimaryIsKilledIsToldAndANewOneRecoversByItself() throws Exception {
        try (Connection idle = proxy.connect("idle");
                Connection inTransaction = proxy.connect("in transaction")) {
            Sql.run(idle, "CREATE TEMP TABLE mine (id int)");
            Sql.run(inTransaction, "BEGIN");
            Sql.run(inTransaction, "DELETE FROM precious WHERE id = 1");
            servers.primary().kill();
            for (Connection connection : List.of(idle, inTransaction)) {
                assertThatThrownBy(() -> Sql.run(connection, "DELETE FROM precious WHERE id = 2"))
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isIn("57P01", "57P02", "08006");
            }
        }
        servers.primary().start();
        await().atMost(Victims.LIMIT).ignoreExceptions().until(() -> {
            try (Connection next = proxy.connect("next")) {
                return Sql.run(next, "UPDATE precious SET id = id WHERE id = 1") == 1;
            }
        });
        assertThat(servers.count("precious")).isEqualTo(10);
    }

    @Test
    void readsGoOnWhileThePrimaryIsDownAndWritesAreRefusedWithoutEndingTheSession() throws Exception {
        try (Connection reader = proxy.connect("reader")) {
            assertThat(Sql.onFollower(reader)).isTrue();
            servers.primary().kill();
            assertThat(Sql.number(reader, "SELECT count(*) FROM precious")).isEqualTo(10);
            assertThatThrownBy(() -> Sql.run(reader, "INSERT INTO precious VALUES (11)"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("PW009");
            assertThat(Sql.number(reader, "SELECT count(*) FROM precious")).isEqualTo(10);
            servers.primary().start();
            await().atMost(Victims.LIMIT)
                    .ignoreExceptions()
                    .until(() -> Sql.run(reader, "UPDATE precious SET id = id WHERE id = 1") == 1);
        }
    }

    @Test
    void aHeldStatementOutlivesAFollowersDeathAndThePrimarysRestartNeverRunsIt() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "held");
                Approver cy = proxy.approver("cy");
                Approver di = proxy.approver("di")) {
            client.ask("UPDATE precious SET id = id WHERE id = 1");
            client.query("TRUNCATE precious /* outlives */");
            String hold = cy.awaitWaiting("outlives");
            servers.follower().kill();
            servers.primary().kill();
            assertThat(client.readUntilClosed()).last().extracting(Frame::code).isIn("57P01", "57P02");
            cy.awaitHold("outlives", "withdrawn");
            servers.primary().start();
            assertThatThrownBy(() -> cy.approve(hold)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> di.approve(hold)).isInstanceOf(SQLException.class);
            assertThat(servers.count("precious")).isEqualTo(10);
        }
    }

    @Test
    void aStatementApprovedWhileThePrimaryIsAwayIsRefusedOrRunsOnceItIsBackButNeverHangs() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "held");
                Approver cy = proxy.approver("cy");
                Approver di = proxy.approver("di")) {
            client.query("TRUNCATE precious /* away */");
            String hold = cy.awaitWaiting("away");
            cy.approve(hold);
            servers.primary().kill();
            di.approve(hold);
            List<Frame> frames = client.readUntil('Z');
            assertThat(frames.get(frames.size() - 2).code()).isEqualTo("PW009");
            cy.awaitHold("away", "failed");
            servers.primary().start();
            assertThat(servers.count("precious")).isEqualTo(10);
        }
    }

    @Test
    void aReleasedStatementWhosePrimaryDiesHasAnUnknownOutcomeNotASuccess() throws Exception {
        try (Connection blocker = servers.superuser();
                WireClient client = WireClient.login(proxy.port(), "held");
                Approver cy = proxy.approver("cy");
                Approver di = proxy.approver("di")) {
            Sql.run(blocker, "BEGIN");
            Sql.run(blocker, "LOCK TABLE precious");
            client.query("TRUNCATE precious /* dies */");
            String hold = cy.awaitWaiting("dies");
            cy.approve(hold);
            di.approve(hold);
            await().atMost(Victims.LIMIT)
                    .until(() -> !Victims.backends(servers.primary(), "held").isEmpty());
            servers.primary().kill();
            assertThat(client.readUntilClosed()).last().extracting(Frame::code).isIn("57P01", "57P02");
            cy.awaitHold("dies", "unknown outcome");
        }
        servers.primary().start();
        assertThat(servers.count("precious")).isEqualTo(10);
    }

    @Test
    void aCopyWhosePrimaryDiesIsToldSoAndLeavesNothing() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "copy")) {
            client.query("COPY precious FROM STDIN");
            assertThat(client.read().type()).isEqualTo('G');
            for (int i = 0; i < 1000; i++) {
                client.send(out -> FrontendWriter.copyData(out, "77\n".getBytes(StandardCharsets.US_ASCII)));
            }
            servers.primary().kill();
            assertThat(client.readUntilClosed()).last().extracting(Frame::code).isIn("57P01", "57P02");
        }
        servers.primary().start();
        assertThat(servers.count("precious")).isEqualTo(10);
    }
}
