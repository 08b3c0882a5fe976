package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLinks;
import java.util.function.Predicate;

/**
 * How much is said in Slack, and where the rest is.
 *
 * @param links to pages of holds
 * @param maskLiterals whether constants and values are left out
 * @param grants which holds have been grants: whoever asked had to come again
 */
public record Wording(HoldLinks links, boolean maskLiterals, Predicate<HoldId> grants) {
    /** Where to see all of a hold, as markup. */
    String whereAll(HoldId id) {
        String console = "`SHOW HOLD " + id + "` in database `holdfast`";
        return links.to(id)
                .map(link -> "<" + SlackText.escape(link) + "|the page of " + id + "> or " + console)
                .orElse(console);
    }
}
