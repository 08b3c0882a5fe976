package io.holdfast.config.load;

import io.holdfast.config.Limits;
import java.time.Duration;
import java.util.List;

/** Section {@code limits}. */
final class LimitsReader {
    private static final List<String> KEYS = List.of(
            "max-clients",
            "max-clients-per-user",
            "max-clients-per-database",
            "max-handshakes",
            "handshake-timeout",
            "idle-timeout",
            "inspect-bytes");
    private static final int MOST = 1_000_000;

    private static final Kind<Duration> IDLE =
            Durations.orOff(Durations.between(Duration.ofMillis(100), Duration.ofDays(7)));

    private LimitsReader() {}

    static Limits read(Section root) {
        Section limits = root.section("limits", KEYS);
        int clients = limits.value("max-clients", Kinds.integer(1, MOST), 10_000);
        return new Limits(
                clients,
                limits.value("max-clients-per-user", Kinds.integer(1, MOST), clients),
                limits.value("max-clients-per-database", Kinds.integer(1, MOST), clients),
                limits.value("max-handshakes", Kinds.integer(1, MOST), Limits.DEFAULT_HANDSHAKES),
                limits.value(
                        "handshake-timeout",
                        Durations.between(Duration.ofMillis(100), Duration.ofMinutes(10)),
                        Duration.ofSeconds(15)),
                limits.value("idle-timeout", IDLE, Duration.ZERO),
                limits.value("inspect-bytes", Sizes.between(1 << 10, 1 << 28, "1KiB to 256MiB"), 1 << 20));
    }
}
