package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.ImpactWords;
import io.holdfast.proxy.impact.Impact;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How much is said in Slack, and where the rest is.
 *
 * @param links to pages of holds
 * @param maskLiterals whether constants and values are left out
 * @param grants which holds have been grants: whoever asked had to come again
 * @param impacts what has been measured of a hold by now; must not block
 */
public record Wording(
        HoldLinks links, boolean maskLiterals, Predicate<HoldId> grants, Function<HoldView, Impact> impacts) {
    /** What it would touch, in a line of markup; empty: not known yet. */
    String impact(HoldView hold) {
        return ImpactWords.inShort(impacts.apply(hold), SlackText::name);
    }

    /** Where to see all of a hold, as markup. */
    String whereAll(HoldId id) {
        String console = "`SHOW HOLD " + id + "` in database `holdfast`";
        return links.to(id)
                .map(link -> "<" + SlackText.escape(link) + "|the page of " + id + "> or " + console)
                .orElse(console);
    }
}
