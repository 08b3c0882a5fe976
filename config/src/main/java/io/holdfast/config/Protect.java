package io.holdfast.config;

import java.time.Duration;
import java.util.List;

/**
 * What is protected, and how.
 *
 * @param preset the rules that follow the configured ones
 * @param rules the first that matches decides
 * @param holds times of waiting
 * @param breakGlass bounds of what one person releases alone
 * @param counting of the rows that held statements would touch
 */
public record Protect(Preset preset, List<RuleConfig> rules, Holds holds, BreakGlass breakGlass, Counting counting) {
    public Protect {
        rules = List.copyOf(rules);
    }

    /** With the default bounds of break-glass, and counting as is usual. */
    public Protect(Preset preset, List<RuleConfig> rules, Holds holds) {
        this(preset, rules, holds, BreakGlass.DEFAULT, Counting.DEFAULT);
    }

    /** A named list of ordinary rules. */
    public enum Preset {
        /** Nothing is held; the audit says what would have been. */
        OBSERVE,
        /** Against mistakes: DESTRUCTIVE and ADMIN are held. */
        GUARDRAIL,
        /** Against a hostile insider: everything above WRITE is held. */
        STRICT,
        /** Nothing is held, as only local databases are served: that of mode local-only, and of no other. */
        LOCAL_ONLY
    }

    /**
     * Times of waiting.
     *
     * @param approvals different people needed by the preset's holds, at least 1
     * @param timeout an undecided hold expires after this
     * @param clientWait the client gets an error with the hold's id after this, the hold stays open; at most {@code timeout}
     * @param inTransactionWait as clientWait, in a transaction that has only read
     * @param noticeInterval between two notices to a waiting client
     * @param grantTtl an approved hold whose client is gone may be used this long
     * @param lockAlarm a released statement that waits for a lock this long raises an alarm; zero: never
     */
    public record Holds(
            int approvals,
            Duration timeout,
            Duration clientWait,
            Duration inTransactionWait,
            Duration noticeInterval,
            Duration grantTtl,
            Duration lockAlarm) {
        /** Long for a lock that somebody holds by the way, short for those who queue behind the statement. */
        public static final Duration DEFAULT_LOCK_ALARM = Duration.ofSeconds(10);

        /** With the default lock alarm. */
        public Holds(
                int approvals,
                Duration timeout,
                Duration clientWait,
                Duration inTransactionWait,
                Duration noticeInterval,
                Duration grantTtl) {
            this(approvals, timeout, clientWait, inTransactionWait, noticeInterval, grantTtl, DEFAULT_LOCK_ALARM);
        }
    }

    /**
     * Bounds of break-glass, with which one person releases a hold alone.
     *
     * @param perHour holds that one person may release so within an hour, at least 1
     * @param useWithin what was released so, and has not run after this, does not run any more
     */
    public record BreakGlass(int perHour, Duration useWithin) {
        /** Twice an hour, each to be used within ten minutes. */
        public static final BreakGlass DEFAULT = new BreakGlass(2, Duration.ofMinutes(10));
    }
}
