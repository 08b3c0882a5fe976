package io.holdfast.proxy.cli;

import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.session.Forecast;
import java.util.Locale;

/** What makes {@code check} fail. */
enum FailOn {
    HOLD,
    REFUSE,
    UNPARSED;

    boolean isReachedBy(Forecast forecast) {
        return switch (this) {
            case HOLD -> !(forecast.verdict() instanceof Verdict.Forward);
            case REFUSE -> forecast.verdict() instanceof Verdict.Refuse;
            case UNPARSED -> forecast.unparsed();
        };
    }

    boolean isReachedByTurningAway() {
        return this != UNPARSED;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
