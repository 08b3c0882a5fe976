package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
    @ParameterizedTest
    @CsvSource({
        "same-origin, , , true",
        "none, , , true",
        "same-origin, https://ops.example, holdfast:6433, true", // a web server in front, which changes Host
        "same-site, http://a.example, a.example, false",
        "cross-site, http://a.example, a.example, false",
        "'', http://a.example, a.example, false",
        ", http://a.example, a.example, true",
        ", https://A.example:8443, a.EXAMPLE:8443, true",
        ", http://[::1]:6433, [::1]:6433, true",
        ", http://a.example:1, a.example:2, false",
        ", http://a.example.evil, a.example, false",
        ", http://evil@a.example, a.example, false",
        ", null, null, false",
        ", 'http://a b', 'a b', false",
        ", , a.example, false",
        ", http://a.example, , false",
    })
    void onlyOurOwnPagesMay(
            @Nullable String fetchSite, @Nullable String origin, @Nullable String host, boolean allowed) {
        assertThat(SameOrigin.allows(fetchSite, origin, host)).isEqualTo(allowed);
    }
}
