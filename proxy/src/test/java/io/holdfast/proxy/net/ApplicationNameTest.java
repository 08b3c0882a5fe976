package io.holdfast.proxy.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ApplicationNameTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 5555);

    @Test
    void theAddressFollowsTheName() {
        assertThat(ApplicationName.withAddress("psql", CLIENT)).isEqualTo("psql - 10.1.2.3:5555");
        assertThat(ApplicationName.withAddress("", CLIENT)).isEqualTo("10.1.2.3:5555");
        assertThat(ApplicationName.withAddress("psql", new InetSocketAddress(InetAddress.ofLiteral("fd00::1"), 5555)))
                .isEqualTo("psql - [fd00:0:0:0:0:0:0:1]:5555");
    }

    @Test
    void aLongNameIsCutSoThatTheAddressStays() {
        assertThat(ApplicationName.withAddress("x".repeat(80), CLIENT))
                .hasSize(63)
                .endsWith("xx - 10.1.2.3:5555");
        String wide = ApplicationName.withAddress("\ud83d\ude00".repeat(20), CLIENT);
        assertThat(wide).startsWith("\ud83d\ude00").endsWith("\ud83d\ude00 - 10.1.2.3:5555");
        assertThat(wide.getBytes(UTF_8).length).isBetween(60, 63);
    }
}
