package io.holdfast.proxy.policy;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule, ready to be asked: a condition, and the verdict for what it covers. */
public final class Rule {
    private final Condition condition;
    private final @Nullable Long rowsOver;
    private final Verdict verdict;

    private Rule(When when, Verdict verdict) {
        this.condition = new Condition(when);
        this.rowsOver = when.rowsOver();
        this.verdict = verdict;
    }

    /**
     * A rule as configured.
     *
     * @throws IllegalArgumentException if a class or network in it does not exist, or if it routes
     */
    public static Rule of(RuleConfig config) {
        return new Rule(config.when(), verdict(config.name(), config.then()));
    }

    /** A rule for every statement of these classes; none given means all. */
    static Rule ofClasses(Set<String> classes, Verdict verdict) {
        return new Rule(
                new When(
                        classes, Set.of(), List.of(), List.of(), false, Set.of(), Set.of(), Set.of(), Set.of(),
                        List.of()),
                verdict);
    }

    /** A rule for every statement that runs code which nobody vouches for. */
    static Rule ofOpaque(Verdict verdict) {
        return new Rule(
                new When(
                        Set.of(), Set.of(), List.of(), List.of(), true, Set.of(), Set.of(), Set.of(), Set.of(),
                        List.of()),
                verdict);
    }

    /** Whether the answer depends on when it is asked. */
    boolean hasHours() {
        return condition.hasHours();
    }

    /** The verdict for what it covers and touches so many rows; null: it does not speak of so few. */
    @Nullable
    Verdict verdict(RowEstimate rows) {
        if (rowsOver == null) {
            return verdict;
        }
        return rows.exceeds(rowsOver) ? verdict.because(rows.words()) : null;
    }

    /** It speaks only of statements that touch more rows than this; null: whatever they touch. */
    @Nullable
    Long rowsOver() {
        return rowsOver;
    }

    Coverage covers(StatementFacts statement, Requester who) {
        return condition.of(statement, who);
    }

    /** Whether the rule protects; the others loosen, and speak only of what they cover fully. */
    boolean isGuard() {
        return switch (verdict) {
            case Verdict.Hold _ -> true;
            case Verdict.Refuse _ -> true;
            case Verdict.Forward _ -> false;
            case Verdict.Delay _ -> false;
        };
    }

    private static Verdict verdict(String name, Action action) {
        return switch (action) {
            case Action.Allow() -> new Verdict.Forward(name);
            case Action.Hold(var approvals, var timeout) -> new Verdict.Hold(name, approvals, timeout);
            case Action.Delay(var delay) -> new Verdict.Delay(name, delay);
            case Action.Refuse(var message) -> new Verdict.Refuse(name, message);
            case Action.Route _ ->
                throw new IllegalArgumentException("rule: " + name + " (expected: one that decides)");
        };
    }
}
