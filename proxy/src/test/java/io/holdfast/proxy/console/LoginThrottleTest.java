package io.holdfast.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.FakeTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final FakeTime time = new FakeTime();
    private final LoginThrottle throttle = new LoginThrottle(time.clock().nanoTime());

    private Duration take(String address) throws UnknownHostException {
        return throttle.take(InetAddress.getByName(address)); // an address, not a name: nothing is asked
    }

    private void takeAll(String address) throws UnknownHostException {
        for (int i = 0; i < LoginThrottle.ATTEMPTS; i++) {
            assertThat(take(address)).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void tenAtOnceThenOneAtATime() throws Exception {
        takeAll("192.0.2.1");
        assertThat(take("192.0.2.1")).isEqualTo(LoginThrottle.EACH);
        time.pass(LoginThrottle.EACH.minusSeconds(1));
        assertThat(take("192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(1));
        assertThat(take("192.0.2.1")).isEqualTo(Duration.ZERO);
        assertThat(take("192.0.2.1")).isEqualTo(LoginThrottle.EACH);
    }

    @Test
    void whatIsGivenBackDoesNotCount() throws Exception {
        takeAll("192.0.2.1");
        throttle.giveBack(InetAddress.getByName("192.0.2.1"));
        assertThat(take("192.0.2.1")).isEqualTo(Duration.ZERO);
        assertThat(take("192.0.2.1").isPositive()).isTrue();
    }

    @Test
    void anAddressIsNotAnother() throws Exception {
        takeAll("192.0.2.1");
        assertThat(take("192.0.2.2")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aNetworkOfIpv6IsOne() throws Exception {
        takeAll("2001:db8:1:2::1");
        assertThat(take("2001:db8:1:2:ffff::2").isPositive()).isTrue();
        assertThat(take("2001:db8:1:3::1")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aQuietWhileIsForgiven() throws Exception {
        takeAll("192.0.2.1");
        time.pass(Duration.ofHours(1));
        takeAll("192.0.2.1");
        assertThat(take("192.0.2.1").isPositive()).isTrue();
    }
}
