package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaTest {
    private final Quota quota = new Quota(2);

    @Test
    void eachNameHasItsOwnShare() {
        assertThat(quota.take("a")).isTrue();
        assertThat(quota.take("a")).isTrue();
        assertThat(quota.take("a")).isFalse();
        assertThat(quota.take("b")).isTrue();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgainOnce() {
        quota.take("a");
        quota.take("a");
        quota.take("a"); // refused, which costs nothing
        quota.give("a");
        assertThat(quota.take("a")).isTrue();
        assertThat(quota.take("a")).isFalse();
    }
}
