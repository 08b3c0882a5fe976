package io.holdfast.config.load;

import io.holdfast.config.Counting;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code rows-over}. Rows are counted before a statement runs, on another server, so the count may be wrong by the time it
 * does. That is good enough to ask for more than the other rules do, never for less.
 */
final class RowsOver {
    private static final Kind<Long> ROWS =
            Kinds.matching("a number from 0 to 999999999999", Pattern.compile("[0-9]{1,12}"), Long::valueOf);

    /** Classes of which a statement can change or remove rows. */
    private static final Set<String> TOUCHING = Set.of("write", "destructive");

    private RowsOver() {}

    static @Nullable Long read(Section when) {
        return when.get("rows-over").flatMap(value -> value.as(ROWS)).orElse(null);
    }

    /** Reports what makes no sense beside it; {@code place} is the rule's. */
    static void check(RuleConfig rule, Value place) {
        if (rule.when().rowsOver() == null) {
            return;
        }
        boolean stricter = switch (rule.then()) {
            case Action.Hold _, Action.Refuse _ -> true;
            case Action.Allow _, Action.Delay _, Action.Route _ -> false;
        };
        if (!stricter) {
            place.problem(
                    "rows-over with something milder than hold",
                    "hold or refuse for many rows, and behind it a rule without rows-over for the others:"
                            + " a count is of the moment before, and may only make an answer stricter");
        }
        Set<String> classes = rule.when().classes();
        if (!classes.isEmpty() && Collections.disjoint(classes, TOUCHING)) {
            place.problem(
                    "rows-over with a class that changes and removes no rows", "class write, destructive or neither");
        }
    }

    /** Warns where nothing can ever be counted, so that each of these rules speaks of every statement that it is about. */
    static void warn(Section protect, List<RuleConfig> rules, Counting counting) {
        if (counting.where() == Counting.Where.NOWHERE) {
            rules.stream()
                    .filter(rule -> rule.when().rowsOver() != null)
                    .findFirst()
                    .ifPresent(rule -> protect.place("count-rows")
                            .warning(
                                    "nowhere, so '" + rule.name() + "' takes every number of rows for too many",
                                    "follower or only-server, where rules have rows-over"));
        }
    }
}
