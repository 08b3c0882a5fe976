package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Limits;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.startup.DirectTls;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TlsSockets;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link DoorTest}, where TLS is offered. */
@ExtendWith(Alarms.class)
class TlsDoorTest {
    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static Connection bystander;

    @BeforeAll
    static void open() throws Exception {
        proxy = ChaosProxy.start(new Limits(50, Duration.ofMillis(1500), 1 << 20), true);
        bystander = proxy.connect("bystander");
    }

    @AfterEach
    void theOtherClientGoesOn() throws Exception {
        assertThat(Sql.number(bystander, "SELECT 41 + 1")).isEqualTo(42);
    }

    @Test
    void silenceAfterSslRequestIsCutOff() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(FrontendWriter::sslRequest);
            assertThat(client.readByte()).isEqualTo('S');
            client.readUntilClosed();
        }
    }

    @Test
    void bytesStuffedBehindSslRequestAreNotTakenForEncrypted() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(out -> {
                FrontendWriter.sslRequest(out);
                FrontendWriter.startup(out, 3, 0, Map.of("user", "ana"));
            });
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("08P01");
        }
    }

    @Test
    void garbageInsteadOfAHandshakeEndsTheConnection() throws Exception {
        byte[] garbage = new byte[5000];
        new Random(7).nextBytes(garbage);
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(FrontendWriter::sslRequest);
            assertThat(client.readByte()).isEqualTo('S');
            client.send(garbage);
            client.readUntilClosed();
        }
    }

    @Test
    void garbageInsideTlsEndsTheConnection() throws Exception {
        try (WireClient client = new WireClient(tls(true))) {
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void sslRequestInsideTlsIsRefused() throws Exception {
        try (WireClient client = new WireClient(tls(true))) {
            client.send(FrontendWriter::sslRequest);
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("0A000");
        }
    }

    @Test
    void tlsInsideTlsIsRefused() throws Exception {
        try (WireClient client = new WireClient(tls(false, DirectTls.ALPN))) {
            client.send(new byte[] {0x16, 3, 1, 0, 100});
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void silenceInsideTlsIsCutOff() throws Exception {
        try (WireClient client = new WireClient(tls(true))) {
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void directTlsWithOurProtocolIsServed() throws Exception {
        try (WireClient client = new WireClient(tls(false, DirectTls.ALPN))) {
            client.startup("ana", "direct");
            assertThat(client.read().type()).isEqualTo('R');
        }
    }

    @Test
    void directTlsWithoutAlpnIsTurnedAway() throws Exception {
        try (WireClient client = new WireClient(tls(false))) {
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void directTlsWithAnotherProtocolFailsTheHandshake() {
        assertThatThrownBy(() -> tls(false, "h2")).isInstanceOf(IOException.class);
    }

    private static SSLSocket tls(boolean asking, String... protocols) throws IOException, GeneralSecurityException {
        return asking
                ? TlsSockets.asked(TlsSockets.context(), proxy.port())
                : TlsSockets.direct(TlsSockets.context(), proxy.port(), protocols);
    }
}
