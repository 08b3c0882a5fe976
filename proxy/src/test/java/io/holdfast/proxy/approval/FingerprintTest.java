package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void aBoundaryMovedIsAnotherFingerprint() {
        assertThat(of("ab", "c")).isNotEqualTo(of("a", "bc")).isNotEqualTo(of("abc"));
        assertThat(of("a", "")).isNotEqualTo(of("a"));
    }

    @Test
    void exactBytesCount() {
        assertThat(of("DELETE FROM t")).isEqualTo(of("DELETE FROM t"));
        assertThat(of("DELETE FROM t")).isNotEqualTo(of("delete FROM t")).isNotEqualTo(of("DELETE FROM t "));
    }

    private static Fingerprint of(String... parts) {
        List<byte[]> bytes = Stream.of(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        return Fingerprint.of(bytes);
    }
}
