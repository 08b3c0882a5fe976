package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.128.0/17, 10.1.127.255, false",
        "10.1.128.0/17, 10.1.128.0, true",
        "0.0.0.0/0, 255.1.2.3, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "::1, ::1, true",
        "::/0, 10.1.2.3, false",
        "0.0.0.0/0, ::1, false",
        "10.1.0.0/16, ::ffff:10.1.2.3, true"
    })
    void containsItsAddressesOnly(String network, String address, boolean contained) {
        assertThat(Cidr.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.1.0.0/",
                "10.1.0.0/33",
                "10.1.0.0/08",
                "10.1.0.0/-1",
                "::/129",
                "10.1/16",
                "167772160",
                "010.1.0.0/16",
                "10.1.0.256",
                "localhost",
                "fe80::1%lo/64",
                "10.1.0.1/16",
                "fd00::1/64",
                "10.1.0.0/16/16",
                " 10.1.0.0/16",
                ":",
                "1::2::3"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    @Test
    void saysThatAHostIsNoNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("10.1.0.1/16"))
                .withMessage(
                        "network: 10.1.0.1 has bits set after the first 16 (expected: a network, not a host in it)");
    }

    @Test
    void printsAsItIsWritten() {
        assertThat(Cidr.parse("10.1.0.0/16")).hasToString("10.1.0.0/16");
        assertThat(Cidr.parse("10.1.0.7")).hasToString("10.1.0.7/32");
    }
}
