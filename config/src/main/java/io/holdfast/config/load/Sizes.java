package io.holdfast.config.load;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes: {@code 64KB} is 64,000, {@code 64KiB} is 65,536. */
final class Sizes {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(B|KB|MB|GB|KiB|MiB|GiB)");
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    private Sizes() {}

    /** A size from {@code min} to {@code max} bytes, told as {@code range}. */
    static Kind<Integer> between(int min, int max, String range) {
        return new Kind<>(
                "a size of " + range + ", such as 64KB or 1MiB",
                text -> parse(text).filter(size -> size >= min && size <= max).map(Long::intValue));
    }

    static Optional<Long> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(Long.parseLong(parts.group(1)) * UNITS.getOrDefault(parts.group(2), 0L))
                : Optional.empty();
    }
}
