package io.holdfast.proxy.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Cidr;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.RuleConfig;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Behind a load balancer, which is this machine here: its headers are believed, and what is none ends the connection. */
@ExtendWith(Alarms.class)
class ProxyProtocolTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @AutoClose
    private static ChaosProxy proxy;

    @BeforeAll
    static void open() throws Exception {
        Victims.alive();
        Victims.table("proxied", 3);
        proxy = ChaosProxy.start(ProxyProtocolTest::behindLoadBalancer);
    }

    private static HoldfastConfig behindLoadBalancer(HoldfastConfig usual) {
        HoldfastConfig config = ChaosProxy.doors(usual, usual.listen(), List.of(Cidr.parse("127.0.0.0/8")));
        RuleConfig.When elsewhere = new RuleConfig.When(
                Set.of(),
                Set.of("INSERT"),
                List.of(),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of("203.0.113.0/24", "2001:db8::/32"));
        Protect protect = new Protect(
                usual.protect().preset(),
                List.of(new RuleConfig("elsewhere", elsewhere, new RuleConfig.Action.Refuse(""))),
                usual.protect().holds());
        return new HoldfastConfig(
                config.listen(),
                config.proxyProtocol(),
                config.tls(),
                config.upstream(),
                protect,
                config.people(),
                config.audit(),
                config.admin(),
                config.limits(),
                config.peering(),
                config.notifications());
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theToldAddressIsWhatRulesAuditAndConsoleKnow(byte[] header, String address) throws Exception {
        try (WireClient client = login(header, "ana", "shop");
                WireClient console = login(local(), "cy", "holdfast")) {
            List<Frame> answer = client.ask("INSERT INTO proxied VALUES (4) -- " + address);
            assertThat(answer).extracting(Frame::code).containsExactly("PW003", "Z");
            assertThat(console.ask("SHOW SESSIONS")).anyMatch(row -> row.text().contains(address));
        }
        String host = address.substring(0, address.lastIndexOf(':'));
        await().atMost(Victims.LIMIT) // a refusal is recorded by a thread of the audit's
                .until(() -> proxy.audit().stream()
                        .anyMatch(line ->
                                line.contains("-- " + address) && line.contains("\"address\":\"" + host + '"')));
    }

    static List<Object[]> headers() {
        return List.of(
                new Object[] {v1("PROXY TCP4 203.0.113.7 10.0.0.1 4711 6432"), "203.0.113.7:4711"},
                new Object[] {v1("PROXY TCP6 2001:db8::7 2001:db8::1 4712 6432"), "2001:db8:0:0:0:0:0:7:4712"},
                new Object[] {v2("2111", InetAddress.ofLiteral("203.0.113.8"), 4713, ""), "203.0.113.8:4713"},
                new Object[] {v2("2121", InetAddress.ofLiteral("2001:db8::8"), 4714, ""), "2001:db8:0:0:0:0:0:8:4714"},
                new Object[] {
                    v2("2111", InetAddress.ofLiteral("203.0.113.9"), 4715, "02000464623100" + "04000100"),
                    "203.0.113.9:4715"
                });
    }

    @ParameterizedTest
    @MethodSource("ownConnections")
    void theLoadBalancersOwnConnectionsAreItself(byte[] header) throws Exception {
        try (WireClient client = login(header, "ana", "shop")) {
            assertThat(client.ask("INSERT INTO proxied VALUES (5)"))
                    .extracting(Frame::code)
                    .contains("C");
        }
    }

    static List<byte[]> ownConnections() {
        return List.of(
                v1("PROXY UNKNOWN"),
                v1("PROXY UNKNOWN ffff::1 ffff::2 1 2"),
                local(),
                hex(SIGNATURE + "2000" + "000c" + "cb007107" + "0a000001" + "12671920"));
    }

    @Test
    void aHeaderMayComeByteByByteAndWithTheStartupPacketBehindIt() throws Exception {
        byte[] header = v2("2111", InetAddress.ofLiteral("203.0.113.7"), 4711, "");
        try (WireClient client = new WireClient(proxy.port());
                WireClient whole = new WireClient(proxy.port())) {
            for (byte next : header) {
                client.send(new byte[] {next});
            }
            client.startup("ana", "bytes");
            assertThat(client.read().type()).isEqualTo('R');
            whole.send(out -> {
                out.writeBytes(header);
                FrontendWriter.startup(out, 3, 0, Map.of("user", "ana"));
            });
            assertThat(whole.read().type()).isEqualTo('R');
        }
    }

    @Test
    void whoeverSendsNoneIsToldThatOneIsExpected() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.startup("ana", "none");
            List<Frame> said = client.readUntilClosed();
            assertThat(said).hasSize(1);
            assertThat(said.getFirst().toString())
                    .isEqualTo("E 08P01 a PROXY protocol header is expected from this address");
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsNoHeaderEndsTheConnection(byte[] header) throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            try {
                client.send(out -> {
                    out.writeBytes(header);
                    FrontendWriter.startup(out, 3, 0, Map.of("user", "ana"));
                });
            } catch (IOException e) {
                return; // closed before all of it was sent
            }
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    static List<byte[]> hostile() {
        InetAddress someone = InetAddress.ofLiteral("203.0.113.7");
        return List.of(
                v1("PROXY TCP4 203.0.113.777 10.0.0.1 1 2"),
                v1("PROXY TCP4 example.org 10.0.0.1 1 2"),
                v1("PROXY TCP4 203.0.113.7 10.0.0.1 65536 2"),
                v1("PROXY TCP4 203.0.113.7 10.0.0.1 -1 2"),
                v1("PROXY TCP4 2001:db8::7 10.0.0.1 1 2"),
                v1("PROXY TCP6 203.0.113.7 10.0.0.1 1 2"),
                v1("PROXY TCP6 fe80::1%nowhere fe80::2 1 2"),
                v1("PROXY TCP4 203.0.113.7"),
                v1("PROXY"),
                v1("PROXY TCP5 1 2 3 4"),
                v1("POST / HTTP/1.1"),
                ("PROXY TCP4 " + "1".repeat(2000)).getBytes(US_ASCII),
                hex("0d0a0d0a000d0a51554954" + "0b" + "2111000c"),
                v2("3111", someone, 1, ""), // version 3
                v2("2f11", someone, 1, ""), // neither LOCAL nor PROXY
                v2("21f1", someone, 1, ""), // no such family
                v2("2112", someone, 1, ""), // UDP
                hex(SIGNATURE + "2131" + "00d8" + "00".repeat(216)), // a Unix socket
                hex(SIGNATURE + "2111" + "0004" + "cb007107"), // too short for its addresses
                hex(SIGNATURE + "2111" + "ffff" + "00".repeat(65535))); // too long for anybody
    }

    private static WireClient login(byte[] header, String user, String database) throws IOException {
        WireClient client = new WireClient(proxy.port());
        client.send(header);
        client.send(out -> FrontendWriter.startup(out, 3, 0, Map.of("user", user, "database", database)));
        client.authenticate();
        client.readUntil('Z');
        return client;
    }

    private static byte[] v1(String line) {
        return (line + "\r\n").getBytes(US_ASCII);
    }

    /** @param kind version, command, family and protocol, as hexadecimal digits */
    private static byte[] v2(String kind, InetAddress source, int port, String extensions) {
        String addresses = ByteBufUtil.hexDump(source.getAddress()).repeat(2);
        String body = addresses + String.format("%04x%04x", port, 6432) + extensions;
        return hex(SIGNATURE + kind + String.format("%04x", body.length() / 2) + body);
    }

    private static byte[] local() {
        return hex(SIGNATURE + "2000" + "0000");
    }

    private static byte[] hex(String digits) {
        return ByteBufUtil.decodeHexDump(digits);
    }
}
