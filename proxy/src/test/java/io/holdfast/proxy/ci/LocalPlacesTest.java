package io.holdfast.proxy.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Cidr;
import io.holdfast.config.HostPort;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPlacesTest {
    private final LocalPlaces machine = new LocalPlaces(List.of());
    private final LocalPlaces containers =
            new LocalPlaces(List.of(Cidr.parse("172.16.0.0/12"), Cidr.parse("fd12:3456::/32")));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.1.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::"})
    void thisMachineIsLocal(String address) {
        assertThat(objection(machine, "db", address)).isNull();
    }

    /** The name says nothing: db, postgres and prod-replica are what they resolve to. */
    @ParameterizedTest
    @CsvSource({
        "db, 172.18.0.2",
        "postgres, 172.17.0.2",
        "host.docker.internal, 172.17.0.1",
        "production-like-db, 172.20.1.2",
        "prod, fd12:3456::2",
        "prod.internal, 127.0.0.1"
    })
    void aListedNetworkIsLocalWhateverTheNameOfTheServer(String host, String address) {
        assertThat(objection(containers, host, address)).isNull();
    }

    @Test
    void whatIsNotListedIsNotLocalAndTheWayOutIsTold() {
        assertThat(objection(machine, "db", "172.18.0.2"))
                .isEqualTo("db:5432 is at 172.18.0.2, not on this machine; if that is a network of containers, list it:"
                        + " local-networks: [172.18.0.0/16]");
        assertThat(objection(containers, "10.0.0.5", "10.0.0.5"))
                .isEqualTo("10.0.0.5:5432 is not on this machine; if that is a network of containers, list it:"
                        + " local-networks: [10.0.0.0/16]");
        assertThat(objection(machine, "db", "fd00:1:2:3:4::5")).contains("local-networks: [\"fd00:1:2:3:");
    }

    @Test
    void oneAddressElsewhereIsEnough() {
        assertThat(objection(machine, "localhost", "127.0.0.1", "10.0.0.5")).contains("10.0.0.5");
        assertThat(objection(machine, "localhost", "127.0.0.1", "::1")).isNull();
        assertThat(objection(machine, "localhost")).isEqualTo("localhost:5432 has no address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.32.0.1", "172.15.255.255", "192.168.1.2", "fd12:3457::1", "169.254.1.1"})
    void aNetworkBesideAListedOneIsNot(String address) {
        assertThat(objection(containers, "db", address)).isNotNull();
    }

    private static @org.jspecify.annotations.Nullable String objection(
            LocalPlaces places, String host, String... addresses) {
        return places.objection(
                new HostPort(host, 5432),
                Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }
}
