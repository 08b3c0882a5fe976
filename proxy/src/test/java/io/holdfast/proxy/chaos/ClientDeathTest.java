package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that vanish at any moment: what waited never runs, what ran leaves no backend behind. */
@ExtendWith(Alarms.class)
class ClientDeathTest {
    /** Ways to go. */
    enum Exit {
        CLOSE,
        RESET,
        TERMINATE;

        void leave(WireClient client) throws Exception {
            switch (this) {
                case CLOSE -> client.close();
                case RESET -> client.reset();
                case TERMINATE -> {
                    client.send(FrontendWriter::terminate);
                    client.close();
                }
            }
        }
    }

    private static TestServers servers;

    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static Approver cy;

    @AutoClose
    private static Approver di;

    @BeforeAll
    static void open() throws Exception {
        servers = Victims.alive();
        proxy = ChaosProxy.start();
        cy = proxy.approver("cy");
        di = proxy.approver("di");
    }

    @BeforeEach
    void fill() throws Exception {
        Victims.table("mortal", 10);
    }

    @ParameterizedTest
    @EnumSource
    void aHeldStatementOfAClientThatIsGoneIsWithdrawnAndNeverRuns(Exit exit) throws Exception {
        String mark = "held " + exit;
        WireClient client = WireClient.login(proxy.port(), "gone");
        client.query("TRUNCATE mortal /* " + mark + " */");
        String hold = cy.awaitWaiting(mark);
        cy.approve(hold);
        exit.leave(client);
        cy.awaitHold(mark, "withdrawn");
        Victims.awaitNoBackend("gone");
        assertThat(servers.count("mortal")).isEqualTo(10);
    }

    /** The approval may have come first: then it runs, and the record says so. */
    @ParameterizedTest
    @EnumSource
    void whatIsRecordedOfARaceBetweenApprovalAndDeathIsWhatHappened(Exit exit) throws Exception {
        for (int round = 0; round < 10; round++) {
            fill();
            String mark = "race " + exit + round;
            WireClient client = WireClient.login(proxy.port(), "gone");
            client.query("TRUNCATE mortal /* " + mark + " */");
            String hold = cy.awaitWaiting(mark);
            cy.approve(hold);
            Thread approval = Thread.ofVirtual().start(() -> {
                try {
                    di.approve(hold);
                } catch (java.sql.SQLException e) {
                    // withdrawn before
                }
            });
            exit.leave(client);
            approval.join();
            Victims.awaitNoBackend("gone");
            await().atMost(Victims.LIMIT)
                    .until(() -> cy.holds(mark).stream()
                            .noneMatch(row -> row.contains("|waiting|")
                                    || row.contains("|approved|")
                                    || row.contains("|released|")));
            boolean truncated = servers.count("mortal") == 0;
            if (truncated) {
                assertThat(cy.holds(mark)).singleElement().asString().containsAnyOf("|executed|", "|unknown outcome|");
            } else {
                assertThat(cy.holds(mark)).singleElement().asString().doesNotContain("|executed|");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatGoesWhileItsRowsAreComingLeavesNoBackend(Exit exit) throws Exception {
        WireClient client = WireClient.login(proxy.port(), "gone");
        client.query("SELECT repeat('x', 1000), generate_series(1, 100000000)");
        client.read();
        exit.leave(client);
        Victims.awaitNoBackend("gone");
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatGoesInACopyLeavesNothing(Exit exit) throws Exception {
        WireClient client = WireClient.login(proxy.port(), "gone");
        client.query("COPY mortal FROM STDIN");
        assertThat(client.read().type()).isEqualTo('G');
        byte[] row = "77\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 500; i++) {
            client.send(out -> FrontendWriter.copyData(out, row));
        }
        client.send(out -> out.writeByte('d').writeInt(100).writeZero(91)); // five bytes short
        exit.leave(client);
        Victims.awaitNoBackend("gone");
        assertThat(servers.count("mortal")).isEqualTo(10);
    }

    /** The last five bytes of a message must not be made up by the goodbye to the server. */
    @Test
    void aClientThatGoesInTheMiddleOfALargeBindRunsNothing() throws Exception {
        WireClient client = WireClient.login(proxy.port(), "gone");
        client.send(out -> FrontendWriter.parse(out, "", "INSERT INTO mortal SELECT length($1)"));
        client.send(out -> out.writeByte('B')
                .writeInt(4 + 1 + 1 + 2 + 2 + 4 + 2_000_000 + 2)
                .writeZero(1 + 1 + 2)
                .writeShort(1)
                .writeInt(2_000_000)
                .writeBytes("y".repeat(1_999_997).getBytes(StandardCharsets.US_ASCII)));
        client.close();
        Victims.awaitNoBackend("gone");
        assertThat(servers.count("mortal")).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatGoesInATransactionRollsItBack(Exit exit) throws Exception {
        WireClient client = WireClient.login(proxy.port(), "gone");
        client.ask("BEGIN");
        client.ask("INSERT INTO mortal VALUES (11)");
        exit.leave(client);
        Victims.awaitNoBackend("gone");
        assertThat(servers.count("mortal")).isEqualTo(10);
    }

    @Test
    void aClientThatGoesDuringItsLoginLeavesNoBackend() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (WireClient client = new WireClient(proxy.port())) {
                client.startup("ana", "gone");
                client.authenticate();
                client.reset(); // while the proxy logs in to a server
            }
        }
        Victims.awaitNoBackend("gone");
        try (Connection next = proxy.connect("next")) {
            assertThat(Sql.number(next, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void aRefusalInATransactionWhoseClientIsGoneLeavesNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            WireClient client = WireClient.login(proxy.port(), "gone");
            client.ask("BEGIN");
            client.ask("INSERT INTO mortal VALUES (11)");
            client.query("TRUNCATE mortal"); // refused, for the transaction has written
            client.reset();
        }
        Victims.awaitNoBackend("gone");
        assertThat(servers.count("mortal")).isEqualTo(10);
    }
}
