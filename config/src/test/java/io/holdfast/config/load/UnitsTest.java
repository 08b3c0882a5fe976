package io.holdfast.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S, 250ms",
        "5s, PT5S, 5s",
        "10m, PT10M, 10m",
        "1h30m, PT1H30M, 1h30m",
        "2d, PT48H, 2d",
        "1d2h3m4s5ms, PT26H3M4.005S, 1d2h3m4s5ms",
        "90s, PT1M30S, 1m30s",
        "1m500ms, PT1M0.5S, 1m500ms",
        "0s, PT0S, 0s"
    })
    void durationsAreReadAndWritten(String text, Duration duration, String written) {
        assertThat(Durations.parse(text)).contains(duration);
        assertThat(Durations.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "s", "-5s", "1.5h", "5S", "30m1h", "5s5s", "5sec", "9999999999s", "٥s"})
    void otherTextsAreNoDurations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "64B, 64",
        "64KB, 64000",
        "64KiB, 65536",
        "1MB, 1000000",
        "16MiB, 16777216",
        "2GB, 2000000000",
        "1GiB, 1073741824"
    })
    void sizesAreBytes(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64 KB", "64kb", "64K", "1.5MB", "-1B", "9999999999B"})
    void otherTextsAreNoSizes(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "db1, db1:5432",
        "db1:1, db1:1",
        "db-1.example.org:65535, db-1.example.org:65535",
        "10.0.0.1, 10.0.0.1:5432",
        "[::1], [::1]:5432",
        "[fd00::1]:5433, [fd00::1]:5433"
    })
    void serversHaveADefaultPort(String text, String address) {
        assertThat(Addresses.SERVER.parse().apply(text)).get().hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5432",
                "db1:",
                "db1:0",
                "db1:65536",
                "db1:x",
                "::1",
                "[::1",
                "[::1]5432",
                "[db1]:1",
                "[10.0.0.1]:1",
                "a b",
                "db1:1:2",
                "-a",
                "http://db1",
                "db1/x",
                "*:1"
            })
    void otherTextsAreNoServers(String text) {
        assertThat(Addresses.SERVER.parse().apply(text)).isEmpty();
    }

    @Test
    void listenersMayLetTheSystemChooseThePort() {
        assertThat(Addresses.LISTENER.parse().apply("127.0.0.1:0")).get().hasToString("127.0.0.1:0");
        assertThat(Addresses.LISTENER.parse().apply("127.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max_lag, max-lag",
        "maxLag, max-lag",
        "max-lga, max-lag",
        "MAX-LAG, max-lag",
        "host, hosts",
        "polling-interval, poll-interval",
    })
    void slipsAreRecognised(String word, String meant) {
        assertThat(Suggestion.of(word, List.of("hosts", "max-lag", "poll-interval")))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "lag", "x", ""})
    void otherWordsAreNot(String word) {
        assertThat(Suggestion.of(word, List.of("hosts", "max-lag", "poll-interval")))
                .isEmpty();
        assertThat(Suggestion.of("h".repeat(100_000), List.of("hosts"))).isEmpty();
    }
}
