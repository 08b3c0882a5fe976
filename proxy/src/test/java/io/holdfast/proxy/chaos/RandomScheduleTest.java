package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients, approvers and somebody who kills backends, each at random but by a fixed seed. Whatever the order: every call returns,
 * no table is emptied without two approvals on record, and nothing is left behind.
 */
@ExtendWith(Alarms.class)
class RandomScheduleTest {
    private static final int CLIENTS = 8;
    private static final int STEPS = 12;

    private static TestServers servers;

    @AutoClose
    private static ChaosProxy proxy;

    private final AtomicInteger working = new AtomicInteger(CLIENTS);

    @BeforeAll
    static void open() throws Exception {
        servers = Victims.alive();
        proxy = ChaosProxy.start();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothingHangsNothingRunsUnapprovedAndNothingIsLeft(long seed) throws Exception {
        var clients = new ArrayList<Background<Void>>();
        for (int i = 0; i < CLIENTS; i++) {
            String table = "random_" + seed + '_' + i;
            Victims.table(table, 10);
            Random random = new Random(seed * 1000 + i);
            clients.add(Background.run(() -> {
                try {
                    misbehave(random, table);
                } finally {
                    working.decrementAndGet();
                }
                return null;
            }));
        }
        var cy = Background.run(() -> decide("cy", new Random(-seed)));
        var di = Background.run(() -> decide("di", new Random(-seed - 1000)));
        var killer = Background.run(() -> kill(new Random(~seed)));
        for (Background<Void> client : clients) {
            client.result();
        }
        cy.result();
        di.result();
        killer.result();
        Victims.awaitNoBackend("chaos");
        List<String> audit = proxy.audit();
        for (int i = 0; i < CLIENTS; i++) {
            String table = "random_" + seed + '_' + i;
            if (servers.count(table) == 0) {
                assertThat(audit).anyMatch(line -> approvedRelease(line, table));
            } else {
                assertThat(servers.count(table)).isEqualTo(10);
            }
        }
    }

    /** What a client does until it is bored: logs in, reads, writes, asks for what is held, and vanishes at any time. */
    private static void misbehave(Random random, String table) throws IOException {
        WireClient client = null;
        for (int step = 0; step < STEPS; step++) {
            try {
                if (client == null) {
                    client = WireClient.login(proxy.port(), "chaos");
                }
                switch (random.nextInt(8)) {
                    case 0 -> client.ask("SELECT repeat('x', 1000), generate_series(1, 5000)");
                    case 1 -> client.ask("UPDATE " + table + " SET id = id");
                    case 2 -> {
                        client.ask("BEGIN");
                        client.ask("DELETE FROM " + table + " WHERE id = 1");
                        client.ask("TRUNCATE " + table); // refused, for the transaction has written
                        client.ask("ROLLBACK");
                    }
                    case 3, 4 -> client.ask("TRUNCATE " + table);
                    case 5 -> {
                        client.query("TRUNCATE " + table);
                        vanish(client, random);
                        client = null;
                    }
                    case 6 -> {
                        client.query("SELECT repeat('x', 1000), generate_series(1, 500000)");
                        client.read();
                        vanish(client, random);
                        client = null;
                    }
                    case 7 -> {
                        client.query("SELECT 1");
                        client.query("TRUNCATE " + table);
                        client.query("SELECT pg_sleep(0.01)");
                        for (int i = 0; i < 3; i++) {
                            client.readUntil('Z');
                        }
                    }
                    default -> throw new IllegalStateException();
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("a client was left waiting", e);
            } catch (IOException e) {
                client = null; // its server was killed
            }
        }
        if (client != null) {
            client.close();
        }
    }

    private static void vanish(WireClient client, Random random) throws IOException {
        if (random.nextBoolean()) {
            client.reset();
        } else {
            client.close();
        }
    }

    /** Approves most of what waits, denies the rest. */
    private Void decide(String user, Random random) throws SQLException {
        try (Approver approver = proxy.approver(user)) {
            while (working.get() > 0) {
                for (String id : approver.waiting()) {
                    try {
                        if (random.nextInt(4) == 0) {
                            approver.deny(id);
                        } else {
                            approver.approve(id);
                        }
                    } catch (SQLException e) {
                        // decided, withdrawn, or our own vote already
                    }
                }
            }
        }
        return null;
    }

    private Void kill(Random random) throws SQLException {
        while (working.get() > 0) {
            Victims.terminateOne(random.nextInt(3) == 0 ? servers.primary() : servers.follower(), "chaos");
        }
        return null;
    }

    /** Whether the table's TRUNCATE was released on the consent of both persons. */
    private static boolean approvedRelease(String line, String table) {
        return line.contains("\"kind\":\"released\"")
                && line.contains("\"text\":\"TRUNCATE " + table + '"')
                && line.contains("\"person\":\"cy\",\"verdict\":\"approve\"")
                && line.contains("\"person\":\"di\",\"verdict\":\"approve\"");
    }
}
