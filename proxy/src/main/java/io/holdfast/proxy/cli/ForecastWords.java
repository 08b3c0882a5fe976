package io.holdfast.proxy.cli;

import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.session.Forecast;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.Locale;

/** A forecast in words, the same in every format. */
final class ForecastWords {
    private ForecastWords() {}

    static String statementClass(Forecast forecast) {
        return lower(forecast.statementClass());
    }

    static String route(Forecast forecast) {
        return switch (forecast.placement()) {
            case FOLLOWER -> "follower";
            case BOTH -> "both";
            case PRIMARY -> "primary";
        };
    }

    /** A delay is a hold that time can end. */
    static String verdict(Forecast forecast) {
        return switch (forecast.verdict()) {
            case Verdict.Forward _ -> "forward";
            case Verdict.Hold _, Verdict.Delay _ -> "hold";
            case Verdict.Refuse _ -> "refuse";
        };
    }

    /** What the most dangerous statement does, and what the rule has to say to it. */
    static String reason(Forecast forecast) {
        String reason = "runs nothing";
        for (StatementFacts statement : forecast.statements()) {
            if (statement.statementClass() == forecast.statementClass()) {
                reason = statement.reason();
                break;
            }
        }
        return switch (forecast.verdict()) {
            case Verdict.Forward _, Verdict.Hold _ -> reason;
            case Verdict.Delay held ->
                reason + "; runs after " + held.delay().toString().substring(2).toLowerCase(Locale.ROOT)
                        + " unless denied";
            case Verdict.Refuse refused -> refused.message().isEmpty() ? reason : reason + "; " + refused.message();
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
