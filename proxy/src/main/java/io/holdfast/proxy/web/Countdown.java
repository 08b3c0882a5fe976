package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.Times;
import java.util.Optional;

/**
 * What happens by itself, and when.
 *
 * @param what such as {@code expires in}
 * @param time such as {@code 29m 30s}
 * @param seconds the same, for the page to count on
 */
record Countdown(String what, String time, long seconds) {
    /** Empty: nothing does. */
    static Optional<Countdown> of(HoldView hold) {
        if (hold.deadline() == null) {
            return Optional.empty();
        }
        return Optional.of(new Countdown(
                what(hold), Times.text(hold.remaining()), hold.remaining().toSeconds()));
    }

    private static String what(HoldView hold) {
        if (hold.state() != HoldState.WAITING) {
            return "approval ends in";
        }
        return switch (hold.terms()) {
            case HoldTerms.People people -> "expires in";
            case HoldTerms.Delayed delayed -> "runs in";
        };
    }
}
