package io.holdfast.proxy.policy;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that say where statements run. They are apart from those that say whether, so that none of them lets anything pass. The
 * first that speaks of a statement decides, also if it covers it in part only; in a unit, a follower goes before the primary,
 * because what must not touch the primary does not do so in company either.
 */
final class Destinations {
    private record Entry(Condition condition, Destination destination) {}

    private final List<Entry> entries;

    /** Takes from the rules those that route. */
    Destinations(List<RuleConfig> rules) {
        entries = rules.stream()
                .filter(rule -> rule.then() instanceof Action.Route)
                .map(rule -> new Entry(
                        new Condition(rule.when()),
                        new Destination(rule.name(), ((Action.Route) rule.then()).target())))
                .toList();
    }

    /** Whether the answer depends on when it is asked. */
    boolean haveHours() {
        return entries.stream().anyMatch(entry -> entry.condition.hasHours());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Null: no rule speaks of any of them. */
    @Nullable
    Destination of(List<StatementFacts> statements, Requester who) {
        Destination chosen = null;
        for (int i = 0; i < statements.size(); i++) {
            Destination next = of(statements.get(i), who);
            if (next != null && (chosen == null || next.isFollower())) {
                chosen = next;
            }
        }
        return chosen;
    }

    private @Nullable Destination of(StatementFacts statement, Requester who) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.condition.of(statement, who) != Coverage.NONE) {
                return entry.destination;
            }
        }
        return null;
    }
}
