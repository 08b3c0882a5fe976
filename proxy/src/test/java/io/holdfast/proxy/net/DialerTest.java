package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.CiGuard;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback; 127.0.0.2 is one of its addresses on which nobody listens here. */
class DialerTest {
    private static final Transport TRANSPORT = Transport.best(1);
    private static final InetAddress NOBODY = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress SOMEBODY = InetAddress.ofLiteral("127.0.0.1");

    @AfterAll
    static void stop() {
        TRANSPORT.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void everyAddressOfANameIsTriedInTurn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, SOMEBODY)) {
            assertThat(dial(host -> new InetAddress[] {NOBODY, InetAddress.ofLiteral("::1"), SOMEBODY}, server))
                    .isEqualTo("connected to 127.0.0.1");
        }
    }

    @Test
    void whenAllAreTriedTheLastReasonIsTold() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, SOMEBODY)) {
            assertThat(dial(host -> new InetAddress[] {NOBODY, NOBODY}, server)).contains("refused");
        }
    }

    @Test
    void aNameThatIsNotThereIsToldSo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, SOMEBODY)) {
            Names.Lookup nothing = host -> {
                throw new UnknownHostException(host);
            };
            assertThat(dial(nothing, server)).isEqualTo("db1: the name cannot be resolved");
        }
    }

    @Test
    void aNameIsFollowedWhereItMoves() throws Exception {
        try (ServerSocket before = new ServerSocket(0, 5, SOMEBODY);
                ServerSocket after = new ServerSocket(before.getLocalPort(), 5, NOBODY)) {
            InetAddress[] now = {SOMEBODY};
            assertThat(dial(host -> now.clone(), before)).isEqualTo("connected to 127.0.0.1");
            now[0] = NOBODY;
            assertThat(dial(host -> now.clone(), after)).isEqualTo("connected to 127.0.0.2");
        }
    }

    @Test
    void aServerBeyondTheBorderIsNotConnectedTo() throws Exception {
        CiGuard guard = new CiGuard(
                new CiConfig(
                        CiConfig.Mode.LOCAL_ONLY,
                        List.of(),
                        true,
                        List.of(),
                        CiConfig.Silence.TRUST,
                        null,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)),
                Environment.LOCAL);
        try (ServerSocket server = new ServerSocket(0, 5, SOMEBODY)) {
            assertThat(dial(host -> new InetAddress[] {SOMEBODY}, server, guard::objection))
                    .isEqualTo("connected to 127.0.0.1");
            InetAddress[] moved = {SOMEBODY, InetAddress.ofLiteral("192.0.2.1")};
            assertThat(dial(host -> moved.clone(), server, guard::objection))
                    .contains("this proxy serves local databases only, and server db1:")
                    .contains("is at 192.0.2.1, not on this machine");
        }
    }

    private static String dial(Names.Lookup lookup, ServerSocket server) throws Exception {
        return dial(lookup, server, Dialer.Border.OPEN);
    }

    private static String dial(Names.Lookup lookup, ServerSocket server, Dialer.Border border) throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Duration limit = Duration.ofSeconds(20);
        try (Names names = new Names(lookup, limit)) {
            new Dialer(TRANSPORT.loops().next(), TRANSPORT, names, limit, border)
                    .dial(new HostPort("db1", server.getLocalPort()), new Dialer.Outcome() {
                        @Override
                        public void connected(Channel channel, Duration left) {
                            outcome.complete("connected to " + host(channel));
                            channel.close();
                        }

                        @Override
                        public void failed(String why) {
                            outcome.complete(why);
                        }
                    });
            return outcome.get(30, TimeUnit.SECONDS);
        }
    }

    private static String host(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
    }
}
