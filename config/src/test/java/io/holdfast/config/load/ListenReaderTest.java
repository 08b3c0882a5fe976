package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Cidr;
import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress.Tcp;
import io.holdfast.config.ListenAddress.UnixSocket;
import io.holdfast.config.Peering;
import io.holdfast.config.Peering.Peer;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where clients come in, and who else takes them. */
class ListenReaderTest {
    @Test
    void severalAddressesAndSocketsMayBeListenedOn() {
        String listen = """
                listen:
                  - 127.0.0.1:6432
                  - "[::1]:6432"
                  - /run/a/.s.PGSQL.6432
                  - { socket: /run/b/.s.PGSQL.6432, mode: 0770 }
                """;

        assertThat(config(MINIMAL + listen).listen())
                .containsExactly(
                        new Tcp(new HostPort("127.0.0.1", 6432)),
                        new Tcp(new HostPort("::1", 6432)),
                        new UnixSocket(Path.of("/run/a/.s.PGSQL.6432"), 0777),
                        new UnixSocket(Path.of("/run/b/.s.PGSQL.6432"), 0770));
    }

    @Test
    void loadBalancersAndPeersAreNamed() {
        String more = """
                proxy-protocol: { from: [10.0.0.0/8, "::1"] }
                peer-id: 2
                peers:
                  - { id: 1, host: "proxy1:6432" }
                  - { id: 2, host: "proxy2:6432" }
                  - { id: 3, host: "127.0.0.1:6432" }
                  - { id: 4, host: "proxy4:6432", tls: { mode: require } }
                """;

        assertThat(config(MINIMAL + more).proxyProtocol()).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1"));
        assertThat(config(MINIMAL + more).peering())
                .isEqualTo(new Peering(
                        2,
                        List.of(
                                new Peer(1, new HostPort("proxy1", 6432), new UpstreamTls(Mode.VERIFY_FULL, null)),
                                new Peer(3, new HostPort("127.0.0.1", 6432), new UpstreamTls(Mode.DISABLE, null)),
                                new Peer(4, new HostPort("proxy4", 6432), new UpstreamTls(Mode.REQUIRE, null)))));
    }

    @Test
    void withoutAWordThereAreNone() {
        assertThat(config(MINIMAL).listen()).containsExactly(new Tcp(new HostPort("127.0.0.1", 6432)));
        assertThat(config(MINIMAL).proxyProtocol()).isEmpty();
        assertThat(config(MINIMAL).peering()).isEqualTo(Peering.NONE);
    }

    @Test
    void theAddressIsAddedToTheNameOnRequest() {
        assertThat(config(MINIMAL).upstream().applicationNameAddHost()).isFalse();
        assertThat(config(MINIMAL.replace("hosts: localhost", "hosts: localhost\n  application-name-add-host: true"))
                        .upstream()
                        .applicationNameAddHost())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen: []                                  | listen: an empty list (expected: at least one)",
                "listen: [127.0.0.1:1, 127.0.0.1:1]          | listen[1]: '127.0.0.1:1', already at listen[0] (expected: each address once)",
                "listen: relative/socket                     | listen: 'relative/socket' (expected: an address with a port, such as 127.0.0.1:6432 or [::1]:6432, or a path such as /run/holdfast/.s.PGSQL.6432)",
                "listen: [{ mode: 0770 }]                    | listen[0].socket: missing (expected: an absolute path of at most 80 bytes, such as /run/holdfast/.s.PGSQL.6432)",
                "listen: [{ socket: /s, mode: 999 }]         | listen[0].mode: '999' (expected: permissions such as 0770)",
                "listen: [{ socket: /s/ }]                   | listen[0].socket: '/s/' (expected: an absolute path of at most 80 bytes, such as /run/holdfast/.s.PGSQL.6432)",
                "proxy-protocol: {}                          | proxy-protocol.from: missing (expected: a network such as 10.1.0.0/16 or fd00::/8, with no bits set after the prefix)",
                "proxy-protocol: { from: [] }                | proxy-protocol.from: an empty list (expected: at least one)",
                "proxy-protocol: { from: 10.1.2.3/8 }        | proxy-protocol.from: '10.1.2.3/8' (expected: a network such as 10.1.0.0/16 or fd00::/8, with no bits set after the prefix)",
                "peer-id: 256                                | peer-id: '256' (expected: a number from 1 to 255)",
                "peers: [{ id: 1, host: 'a:1' }]             | peer-id: missing (expected: the id of this proxy among its peers, a number from 1 to 255)",
                "peers: [{ id: 1, host: a }]                 | peers[0].host: 'a' (expected: an address with a port, such as proxy2:6432)",
                "peers: [{ id: 1, host: 'a:1' }, { id: 1, host: 'b:1' }] | peers[1].id: '1', already at peers[0].id (expected: each id once)"
            })
    void whatCannotBeIsAProblem(String line, String problem) {
        assertThat(problems(MINIMAL + line)).anySatisfy(told -> assertThat(told).endsWith(problem));
    }
}
