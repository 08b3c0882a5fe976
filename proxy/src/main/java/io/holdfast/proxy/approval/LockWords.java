package io.holdfast.proxy.approval;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for locks in words, without anybody's query. Names are as they are: whoever shows the words makes them safe to look at. Pure. */
public final class LockWords {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private LockWords() {}

    /** {@code waits for a lock for 42s: AccessExclusiveLock on relation public.orders; blocked by pid 123 (bo, psql)}. */
    public static String of(LockReport report) {
        return switch (report) {
            case LockReport.Waiting waiting ->
                inShort(waiting) + ": " + waiting.lock() + "; blocked by " + blockers(waiting);
            case LockReport.Unknown(var why, var last) ->
                "whether it waits for a lock is not known: " + why
                        + (last == null ? "" : "; when last seen it waited for " + last.lock());
        };
    }

    /** {@code waits for a lock for 42s}. */
    public static String inShort(LockReport.Waiting waiting) {
        return "waits for a lock for " + text(waiting.waited());
    }

    /** Everybody who is in the way, in a line. */
    public static String blockers(LockReport.Waiting waiting) {
        if (waiting.blockers().isEmpty()) {
            return "nobody who could be found";
        }
        Stream<String> named = waiting.blockers().stream().map(LockWords::blocker);
        Stream<String> others = waiting.unlisted() == 0 ? Stream.of() : Stream.of(waiting.unlisted() + " more");
        return Stream.concat(named, others).collect(Collectors.joining(" and "));
    }

    /** {@code pid 123 (bo, psql, 10.1.2.3, idle in transaction since 10:31:05Z)}. */
    public static String blocker(Blocker blocker) {
        if (blocker.processId() == 0) {
            return "a prepared transaction";
        }
        List<String> parts = new ArrayList<>();
        for (String part : List.of(blocker.user(), blocker.application(), blocker.address())) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (!blocker.state().isEmpty()) {
            Instant since = blocker.since();
            parts.add(blocker.state() + (since == null ? "" : " since " + CLOCK.format(since)));
        }
        return "pid " + blocker.processId() + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ')');
    }

    private static String text(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + "m " + time.toSecondsPart() + 's' : time.toSeconds() + "s";
    }
}
