package io.holdfast.proxy.notify;

import io.holdfast.proxy.console.Visible;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to deliver. */
sealed interface Answer {
    /** Delivered; what the other side said to it. */
    record Taken(String body) implements Answer {}

    /**
     * It may work later.
     *
     * @param after what the other side asks for; null: it does not say
     * @param why one line for the log
     */
    record Later(@Nullable Duration after, String why) implements Answer {}

    /**
     * The same request will not work.
     *
     * @param why one line for the log
     */
    record Never(String why) implements Answer {}

    /** The longest that the other side is obeyed. */
    Duration LONGEST = Duration.ofMinutes(10);

    /** Of other sides' words in our log. */
    int SHOWN = 200;

    /**
     * By the status of the answer.
     *
     * @param retryAfter the header, in seconds; null or something else: not said
     */
    static Answer of(int status, @Nullable String retryAfter, String body) {
        if (status >= 200 && status < 300) {
            return new Taken(body);
        }
        String why = "HTTP " + status + (body.isBlank() ? "" : ": " + shown(body));
        return status == 429 || status == 408 || status >= 500 ? new Later(seconds(retryAfter), why) : new Never(why);
    }

    /** A line of what somebody else wrote, fit for a log. */
    static String shown(String body) {
        String line = Visible.text(body.strip());
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.matches("[0-9]{1,9}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
    }
}
