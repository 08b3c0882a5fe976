package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Limits;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More than is allowed: of one user, in one database, of strangers, and of silence. */
@ExtendWith(Alarms.class)
class LimitsTest {
    private static final int PER_USER = 2;
    private static final int PER_DATABASE = 3;
    private static final int HANDSHAKES = 4;

    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static ChaosProxy impatient;

    @BeforeAll
    static void open() throws Exception {
        Duration handshake = Duration.ofSeconds(30);
        proxy = ChaosProxy.start(
                new Limits(50, PER_USER, PER_DATABASE, HANDSHAKES, handshake, Duration.ZERO, 1 << 20), false);
        impatient = ChaosProxy.start(new Limits(50, 50, 50, 50, handshake, Duration.ofMillis(500), 1 << 20), false);
    }

    @Test
    void oneConnectionTooManyOfAUserIsRefusedAsAServerDoesAndTheConsoleStaysOpen() throws Exception {
        try (WireClient first = login("cy", TestServers.DATABASE);
                WireClient second = login("cy", TestServers.DATABASE)) {
            assertThat(refusal("cy", TestServers.DATABASE)).isEqualTo("53300 too many connections for role \"cy\"");
            login("cy", "holdfast").close();
            assertThat(first.ask("SELECT 1")).isNotEmpty();
            second.reset();
            awaitRoomFor("cy");
        }
    }

    @Test
    void oneConnectionTooManyInADatabaseIsRefusedAsAServerDoes() throws Exception {
        try (WireClient first = login("ana", TestServers.DATABASE);
                WireClient second = login("ana", TestServers.DATABASE);
                WireClient third = login("di", TestServers.DATABASE)) {
            assertThat(refusal("di", TestServers.DATABASE))
                    .isEqualTo("53300 too many connections for database \"shop\"");
            assertThat(third.ask("SELECT 1")).isNotEmpty();
            second.close();
            first.close();
            awaitRoomFor("di");
        }
    }

    @Test
    void strangersBeyondTheBoundCloseTheOldestAndLeaveRoomForClients() throws Exception {
        try (WireClient oldest = stranger();
                WireClient second = stranger();
                WireClient third = stranger();
                WireClient fourth = stranger()) {
            login("bo", "postgres").close();
            assertThat(oldest.readUntilClosed()).isEmpty();
            for (WireClient left : List.of(second, third, fourth)) {
                left.send(out -> FrontendWriter.startup(out, 3, 0, Map.of("user", "bo", "database", "postgres")));
                assertThat(left.read().type()).isEqualTo('R');
            }
        }
    }

    @Test
    void aClientThatIsIdleForTooLongIsToldTheServersWords() throws Exception {
        try (WireClient direct = new WireClient(Victims.alive().primary().port());
                WireClient client = new WireClient(impatient.port())) {
            direct.send(out -> FrontendWriter.startup(
                    out, 3, 0, Map.of("user", "ana", "database", "shop", "idle_session_timeout", "200")));
            direct.authenticate();
            client.startup("ana", "idle");
            client.authenticate();
            Frame goodbye = client.readUntilClosed().getLast();
            assertThat(goodbye.toString())
                    .isEqualTo("E 57P05 terminating connection due to idle-session timeout")
                    .isEqualTo(direct.readUntilClosed().getLast().toString());
        }
        Victims.awaitNoBackend("idle");
    }

    @Test
    void aClientInATransactionIsLeftToTheServer() throws Exception {
        try (WireClient open = WireClient.login(impatient.port(), "open");
                WireClient idle = WireClient.login(impatient.port(), "idle")) {
            open.ask("BEGIN");
            open.ask("SET LOCAL idle_in_transaction_session_timeout = '3s'");
            assertThat(idle.readUntilClosed()).extracting(Frame::code).containsExactly("57P05");
            assertThat(open.ask("SELECT 1")).extracting(Frame::code).doesNotContain("57P05");
            assertThat(open.readUntilClosed()).extracting(Frame::code).containsExactly("25P03");
        }
    }

    /** Who has been noticed, and has not said yet who they are. */
    private static WireClient stranger() throws IOException {
        WireClient client = new WireClient(proxy.port());
        client.send(FrontendWriter::sslRequest);
        assertThat(client.readByte()).isEqualTo('N');
        return client;
    }

    private static WireClient login(String user, String database) throws IOException {
        WireClient client = new WireClient(proxy.port());
        client.send(out -> FrontendWriter.startup(out, 3, 0, Map.of("user", user, "database", database)));
        client.authenticate();
        client.readUntil('Z');
        return client;
    }

    private static String refusal(String user, String database) throws IOException {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(out -> FrontendWriter.startup(out, 3, 0, Map.of("user", user, "database", database)));
            client.authenticate();
            List<Frame> said = client.readUntilClosed();
            assertThat(said).hasSize(1);
            return said.getFirst().code() + ' ' + said.getFirst().message();
        }
    }

    private static void awaitRoomFor(String user) {
        await().atMost(Victims.LIMIT).ignoreExceptions().until(() -> {
            login(user, TestServers.DATABASE).close();
            return true;
        });
    }
}
