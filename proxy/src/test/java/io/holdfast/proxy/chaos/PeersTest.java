package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Peering;
import io.holdfast.config.Peering.Peer;
import io.holdfast.config.ServerTls;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import io.holdfast.protocol.message.BackendKeyData;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.TestCertificate;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several proxies under one address: a CancelRequest reaches whichever of them, and what it is for runs on another. */
@ExtendWith(Alarms.class)
class PeersTest {
    @ParameterizedTest
    @EnumSource(names = {"DISABLE", "REQUIRE", "VERIFY_FULL"})
    void aCancelRequestThatReachesAnotherProxyIsHandedOn(Mode tls) throws Exception {
        TestCertificate certificate = Victims.alive().certificate();
        ServerTls offered = new ServerTls(certificate.certificate(), certificate.key(), false);
        try (ChaosProxy worker = ChaosProxy.start(usual -> with(usual, offered, 2));
                ChaosProxy other = ChaosProxy.start(usual ->
                        with(usual, null, 1, peer(2, worker.port(), new UpstreamTls(tls, certificate.certificate()))));
                WireClient client = new WireClient(worker.port())) {
            byte[] cancel = startSleeping(client, "peers " + tls);
            assertThat(send(other.port(), cancel)).isEmpty();
            assertThat(client.readUntil('Z')).extracting(Frame::code).contains("57014");
        }
    }

    @Test
    void aPeerThatIsNotTrustedIsNotToldTheKey() throws Exception {
        TestCertificate certificate = Victims.alive().certificate();
        try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ChaosProxy proxy = ChaosProxy.start(usual -> with(
                        usual,
                        null,
                        1,
                        peer(
                                2,
                                stranger.getLocalPort(),
                                new UpstreamTls(Mode.VERIFY_FULL, certificate.certificate()))))) {
            try (WireClient client = new WireClient(proxy.port())) {
                client.send(out -> FrontendWriter.cancelRequest(out, fresh(2), new byte[] {1, 2, 3, 4}));
                try (Socket asked = stranger.accept()) {
                    assertThat(asked.getInputStream().readNBytes(8)).endsWith(0x2f); // SSLRequest, and nothing else
                    asked.getOutputStream().write('N');
                    assertThat(asked.getInputStream().read()).isEqualTo(-1);
                }
                assertThat(client.readUntilClosed()).isEmpty();
            }
        }
    }

    @Test
    void whatHasBeenHandedOnOnceGoesNoFurtherHoweverTheIdsAreMixedUp() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ChaosProxy proxy = ChaosProxy.start(usual ->
                        with(usual, null, 1, peer(2, stranger.getLocalPort(), new UpstreamTls(Mode.DISABLE, null))))) {
            byte[] handedOn;
            try (WireClient client = new WireClient(proxy.port())) {
                client.send(out -> FrontendWriter.cancelRequest(out, fresh(2), new byte[] {1, 2, 3, 4}));
                try (Socket asked = stranger.accept()) {
                    handedOn = asked.getInputStream().readNBytes(16);
                }
                assertThat(client.readUntilClosed()).isEmpty();
            }
            assertThat(send(proxy.port(), handedOn)).isEmpty();
            stranger.setSoTimeout(50);
            assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aKeyOfNobodyAndAPeerThatIsGoneAreNotWaitedFor() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        try (ChaosProxy proxy =
                ChaosProxy.start(usual -> with(usual, null, 1, peer(2, nobody, new UpstreamTls(Mode.DISABLE, null))))) {
            for (int id : List.of(1, 2, 3)) {
                byte[] cancel = WireClient.bytes(out -> FrontendWriter.cancelRequest(out, fresh(id), new byte[32]));
                assertThat(send(proxy.port(), cancel)).isEmpty();
            }
        }
    }

    /** Gives the CancelRequest for what it has started. */
    private static byte[] startSleeping(WireClient client, String name) throws Exception {
        client.startup("ana", name);
        client.authenticate();
        Frame key = client.readUntil('Z').stream()
                .filter(frame -> frame.type() == 'K')
                .findFirst()
                .orElseThrow();
        BackendKeyData data = BackendKeyData.read(Unpooled.wrappedBuffer(key.body()));
        client.query("SELECT pg_sleep(60)");
        await().atMost(Victims.LIMIT)
                .until(() -> !Victims.backends(Victims.alive().follower(), name).isEmpty()
                        && Victims.backends(Victims.alive().follower(), name)
                                .toString()
                                .contains("active"));
        return WireClient.bytes(out -> FrontendWriter.cancelRequest(out, data.pid(), data.key()));
    }

    /** A process id as proxy {@code id} would issue it. */
    private static int fresh(int id) {
        return 1 << 30 | id << 22 | 12345;
    }

    private static List<Frame> send(int port, byte[] cancel) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.send(cancel);
            return client.readUntilClosed();
        }
    }

    private static Peer peer(int id, int port, UpstreamTls tls) {
        return new Peer(id, new HostPort("127.0.0.1", port), tls);
    }

    private static HoldfastConfig with(HoldfastConfig usual, @Nullable ServerTls tls, int id, Peer... peers) {
        return new HoldfastConfig(
                usual.listen(),
                usual.proxyProtocol(),
                tls,
                usual.upstream(),
                usual.protect(),
                usual.people(),
                usual.audit(),
                usual.admin(),
                usual.limits(),
                new Peering(id, List.of(peers)),
                usual.notifications());
    }
}
