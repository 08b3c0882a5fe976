package io.holdfast.proxy.policy;

import java.time.Duration;

/** What happens to a unit; {@code rule} is the name of the rule that decided. */
public sealed interface Verdict extends Ruling {
    /** The deciding rule's name, or the preset's. */
    String rule();

    /** The same, decided by the rule for this reason. */
    default Verdict because(String reason) {
        String why = rule() + " (" + reason + ')';
        return switch (this) {
            case Forward _ -> new Forward(why);
            case Hold hold -> new Hold(why, hold.approvals, hold.timeout);
            case Delay later -> new Delay(why, later.delay);
            case Refuse refuse -> new Refuse(why, refuse.message);
        };
    }

    /** Goes on to where routing sends it. */
    record Forward(String rule) implements Verdict {}

    /**
     * Waits for people.
     *
     * @param approvals different people needed, at least 1
     * @param timeout an undecided hold expires after this
     */
    record Hold(String rule, int approvals, Duration timeout) implements Verdict {}

    /** Runs after the delay unless somebody denies it. */
    record Delay(String rule, Duration delay) implements Verdict {}

    /**
     * Is answered with an error.
     *
     * @param message of the rule; may be empty
     */
    record Refuse(String rule, String message) implements Verdict {}
}
