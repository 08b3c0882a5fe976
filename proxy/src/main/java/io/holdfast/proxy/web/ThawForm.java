package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeAnswer.Reason;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.Visible;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer may do to end a freeze. The answer does not depend on it: whoever posts is judged anew.
 *
 * @param why there is no button; null: there is one
 * @param then what the button does
 * @param button what is on it
 * @param database null: all
 * @param since tells this freeze from one that is put in its place
 */
record ThawForm(
        @Nullable String why,
        String then,
        String button,
        @Nullable String database,
        String since) {
    static ThawForm of(Freeze freeze, Person viewer) {
        boolean last = freeze.thawsMissing() == 1;
        return new ThawForm(
                freeze.objectionToThaw(viewer).map(ThawForm::why).orElse(null),
                last
                        ? "You would be the last who is needed: writes go on at once, at every proxy."
                        : "Two different persons must ask. After you, one more must; until then everything stays as it is.",
                last ? "Thaw " + Visible.name(freeze.scope()) : "Ask for the thaw",
                freeze.database(),
                freeze.since().toString());
    }

    private static String why(Reason reason) {
        return switch (reason) {
            case NOT_APPROVER -> "You may look. Thawing is for people who are configured with approves: true.";
            case ALREADY_SAID_BY_YOU -> "You have asked for the thaw; another person must, too.";
            case NOT_FROZEN, ALREADY_EASED_BY_YOU, NOT_A_DATABASE, NO_REASON, REASON_TOO_LONG -> reason.text();
        };
    }
}
