package io.holdfast.proxy.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets each request of Slack in once, and only while it is fresh. Safe for use by many threads. */
final class ClickCheck {
    /** What a request is. */
    enum Verdict {
        VALID,
        /** A header is missing or makes no sense. */
        UNSIGNED,
        /** Too old, or from the future. */
        STALE,
        FORGED,
        REPLAYED,
        /** So many valid ones have come that no more can be remembered, so that none can be let in. */
        TOO_MANY
    }

    /** Slack's own advice. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final SlackSignature secret;
    private final InstantSource clock;
    private final Map<String, Instant> seen = new HashMap<>();

    ClickCheck(String signingSecret, InstantSource clock) {
        this.secret = new SlackSignature(signingSecret);
        this.clock = clock;
    }

    /**
     * Judges a request, and remembers it if it is valid.
     *
     * @param timestamp header {@code X-Slack-Request-Timestamp}
     * @param signature header {@code X-Slack-Signature}
     */
    Verdict of(@Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null || signature == null || !timestamp.matches("[0-9]{1,12}")) {
            return Verdict.UNSIGNED;
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Instant now = clock.instant();
        if (Duration.between(at, now).abs().compareTo(WINDOW) > 0) {
            return Verdict.STALE;
        }
        return secret.isValid(timestamp, body, signature) ? remember(signature, at, now) : Verdict.FORGED;
    }

    private synchronized Verdict remember(String signature, Instant at, Instant now) {
        if (seen.containsKey(signature)) {
            return Verdict.REPLAYED;
        }
        if (seen.size() >= MOST_REMEMBERED) {
            seen.values().removeIf(until -> until.isBefore(now));
        }
        if (seen.size() >= MOST_REMEMBERED) {
            return Verdict.TOO_MANY;
        }
        seen.put(signature, at.plus(WINDOW));
        return Verdict.VALID;
    }
}
