package io.holdfast.config.load;

import io.holdfast.config.Counting;
import java.time.Duration;
import java.util.List;

/** Section {@code protect.count-rows}. */
final class CountingReader {
    private static final Kind<Duration> LIMIT = Durations.between(Duration.ofMillis(100), Duration.ofMinutes(1));

    private CountingReader() {}

    static Counting read(Section protect) {
        Section counting = protect.section("count-rows", List.of("where", "limit"));
        return new Counting(
                counting.value("where", Kinds.constantOf(Counting.Where.class), Counting.DEFAULT.where()),
                counting.value("limit", LIMIT, Counting.DEFAULT.limit()));
    }
}
