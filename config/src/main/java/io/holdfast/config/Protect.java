package io.holdfast.config;

import java.time.Duration;
import java.util.List;

/**
 * What is protected, and how.
 *
 * @param preset the rules that follow the configured ones
 * @param rules the first that matches decides
 * @param holds times of waiting
 */
public record Protect(Preset preset, List<RuleConfig> rules, Holds holds) {
    public Protect {
        rules = List.copyOf(rules);
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
     */
    public record Holds(
            int approvals,
            Duration timeout,
            Duration clientWait,
            Duration inTransactionWait,
            Duration noticeInterval,
            Duration grantTtl) {}
}
