package io.holdfast.proxy.console;

import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;

/**
 * What has been found out about a hold by now.
 *
 * @param insight from its text
 * @param impact from the servers
 */
public record Known(Insight insight, Impact impact) {
    /** Nobody is at any of it any more. */
    public boolean isComplete() {
        return !(insight instanceof Insight.Pending) && !(impact instanceof Impact.Pending);
    }

    /** For those who may see the hold, and not what other sessions do. */
    Known withoutOthers() {
        return new Known(insight, impact.withoutOthers());
    }
}
