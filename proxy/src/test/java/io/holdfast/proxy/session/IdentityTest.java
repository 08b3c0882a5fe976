package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.scram.ScramKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final Identity identity = new Identity(
            "S-1",
            "ana",
            "ana",
            "shop",
            Map.of("application_name", "psql", "DateStyle", "ISO"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new ScramKeys(new byte[32], new byte[32], new byte[32]));

    @Test
    void applicationThatRenamesItselfIsTheSameLogin() {
        Identity renamed = identity.as("nightly job");

        assertThat(renamed.application()).isEqualTo("nightly job");
        assertThat(renamed.parameters()).containsEntry("DateStyle", "ISO");
        assertThat(renamed.as("psql")).isEqualTo(identity);
    }

    @Test
    void sameNameCostsNothing() {
        assertThat(identity.as("psql")).isSameAs(identity);
    }
}
