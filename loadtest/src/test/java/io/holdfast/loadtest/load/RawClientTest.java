package io.holdfast.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.HoldfastProxy;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.protocol.message.FrontendWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Through a real Holdfast in front of a real server, as the scenarios use it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawClientTest {
    private final Scratch scratch;
    private final Servers servers;
    private final Child proxy;

    RawClientTest() throws Exception {
        scratch = Scratch.create();
        servers = Servers.start(Servers.Plan.primary(10));
        proxy = HoldfastProxy.start(scratch, HoldfastProxy.Plan.guardrail(servers.primaryPort()), List.of("-Xmx256m"));
    }

    @BeforeAll
    void makeTables() throws Exception {
        HeldClients.prepare(servers, 2);
        servers.sql("CREATE TABLE sink (line text)", "GRANT INSERT ON sink TO " + Servers.USER);
    }

    @AfterAll
    void stop() throws IOException {
        proxy.close();
        servers.close();
        scratch.close();
    }

    @Test
    void everyByteOfAResultIsCounted() throws IOException {
        try (RawClient direct = RawClient.connect(servers.primaryPort(), Servers.USER);
                RawClient through = RawClient.connect(proxy.port(), Servers.USER)) {
            String sql = "SELECT repeat('x', 1000) FROM (SELECT generate_series(1, 1000)) AS numbers";
            long rows = 1000L * (5 + 2 + 4 + 1000);
            assertThat(through.discard(sql)).isGreaterThan(rows).isEqualTo(direct.discard(sql));
        }
    }

    @Test
    void aCopyGoesInAndTheServerReadsEveryLine() throws IOException {
        ByteBuf frames = Unpooled.buffer();
        FrontendWriter.copyData(frames, "a line\n".getBytes(StandardCharsets.US_ASCII));
        try (RawClient through = RawClient.connect(proxy.port(), Servers.USER)) {
            assertThat(through.copyIn("COPY sink FROM STDIN WHERE false", ByteBufUtil.getBytes(frames), 3))
                    .isEqualTo(3 * 12);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> through.copyIn("COPY nowhere FROM STDIN", ByteBufUtil.getBytes(frames), 1))
                    .withMessageContaining("nowhere");
        }
    }

    @Test
    void anErrorIsNoResult() throws IOException {
        try (RawClient through = RawClient.connect(proxy.port(), Servers.USER)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> through.discard("SELECT 1 / 0"))
                    .withMessageContaining("division by zero");
            assertThat(through.discard("SELECT 1")).isPositive();
        }
    }

    @Test
    void clientsThatAreHeldWaitAndNothingHappens() throws Exception {
        try (HeldClients waiting = HeldClients.connect(proxy.port(), 2)) {
            waiting.ask();
            waiting.requireWaiting();
        }
        HeldClients.requireUntouched(servers);
    }

    @Test
    void aWrongUserIsToldWhy() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RawClient.connect(proxy.port(), "nobody"))
                .withMessageContaining("nobody");
    }
}
