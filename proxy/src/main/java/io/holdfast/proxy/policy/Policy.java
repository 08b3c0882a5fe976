package io.holdfast.proxy.policy;

import io.holdfast.config.Protect;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts and rules to a verdict. Pure: the same question always has the same answer.
 *
 * <p>Rules are asked in order, and the first that covers the statement decides. What "covers" means depends on what the rule
 * does, so that doubt never loosens anything:
 *
 * <ul>
 *   <li>allow and delay speak of a statement only if they cover all of it: every table it names matches, not just one, so
 *       {@code allow DELETE on events} lets {@code DELETE FROM events USING users} go on to the next rule;
 *   <li>hold and refuse also speak of a statement that they cover in part, or may cover: one table matches, the text leaves
 *       the schema to search_path, or it was not understood. Such a rule binds but does not end the search: what follows may
 *       be stricter, never milder, so a hold with one approval cannot shield a table for which the preset wants two.
 * </ul>
 *
 * <p>Each statement of a unit is judged by itself and the strictest verdict is the unit's, so an {@code allow} for one
 * statement lets no other through.
 */
public final class Policy {
    private static final Verdict EMPTY = new Verdict.Forward("empty query");
    private static final Verdict NO_RULE = new Verdict.Refuse("no rule", "no rule matches");

    private final List<Rule> rules;
    private final Destinations destinations;
    private final boolean hasHours;

    /**
     * Decides by these rules alone; what none of them covers is refused.
     *
     * @param rules in order, the preset's included
     */
    public Policy(List<Rule> rules) {
        this(rules, new Destinations(List.of()));
    }

    private Policy(List<Rule> rules, Destinations destinations) {
        this.rules = List.copyOf(rules);
        this.destinations = destinations;
        this.hasHours = destinations.haveHours() || rules.stream().anyMatch(Rule::hasHours);
    }

    /**
     * The configured rules, then the preset's.
     *
     * @throws IllegalArgumentException if a rule names a class or network that does not exist; the loader has checked
     */
    public static Policy of(Protect protect) {
        Stream<Rule> configured = protect.rules().stream()
                .filter(rule -> !(rule.then() instanceof Action.Route))
                .map(Rule::of);
        return new Policy(
                Stream.concat(configured, PresetRules.of(protect.preset(), protect.holds()).stream())
                        .toList(),
                new Destinations(protect.rules()));
    }

    /** Whether any rule is for some hours only; if not, nothing looks at {@link Requester#at}. */
    public boolean hasHours() {
        return hasHours;
    }

    /** Whether any rule says where statements run; if not, {@link #destination} need not be asked. */
    public boolean hasDestinations() {
        return !destinations.isEmpty();
    }

    /**
     * Where rules want a unit to run.
     *
     * @param unit its statements, run or only prepared
     * @return null: where routing sends it
     */
    public @Nullable Destination destination(List<StatementFacts> unit, Requester who) {
        return destinations.of(unit, who);
    }

    /**
     * The verdict for a unit.
     *
     * @param unit its statements in order; the caller has replaced EXECUTE, FETCH and MOVE by what they run. None: forwarded
     * @param who sends it
     */
    public Verdict decide(List<StatementFacts> unit, Requester who) {
        if (unit.isEmpty()) {
            return EMPTY;
        }
        StatementFacts worst = unit.getFirst();
        Verdict strictest = decide(worst, who);
        for (int i = 1; i < unit.size(); i++) {
            StatementFacts next = unit.get(i);
            Verdict verdict = decide(next, who);
            int order = Strictness.ORDER.compare(verdict, strictest);
            // Among equals the rule of the most dangerous statement is the one to tell people.
            if (order > 0 || (order == 0 && next.statementClass().compareTo(worst.statementClass()) > 0)) {
                strictest = verdict;
                worst = next;
            }
        }
        return strictest;
    }

    private Verdict decide(StatementFacts statement, Requester who) {
        Verdict bound = null;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Coverage coverage = rule.covers(statement, who);
            if (coverage == Coverage.FULL || (coverage == Coverage.PARTIAL && rule.isGuard())) {
                bound = bound == null ? rule.verdict() : Strictness.stricter(bound, rule.verdict());
            }
            if (bound != null && coverage == Coverage.FULL) {
                return bound;
            }
        }
        return bound == null ? NO_RULE : Strictness.stricter(bound, NO_RULE);
    }
}
