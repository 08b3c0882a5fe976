package io.holdfast.proxy.policy;

import io.holdfast.config.Protect;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
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
 * <p>Rules for more than so many rows bind like those, and never end the search, however much of the statement they cover. So a count,
 * which is of the moment before and of another server, can only make an answer stricter.
 *
 * <p>Each statement of a unit is judged by itself and the strictest verdict is the unit's, so an {@code allow} for one
 * statement lets no other through.
 */
public final class Policy {
    private static final Verdict EMPTY = new Verdict.Forward("empty query");
    private static final long NO_ROWS = -1;
    private static final Verdict NO_RULE = new Verdict.Refuse("no rule", "no rule matches");

    private static final RowEstimate ANY = new RowEstimate.Unknown("nobody has counted them");
    private static final RowEstimate CODE = new RowEstimate.Unknown("nobody knows how many it touches");

    private final List<Rule> rules;
    private final Destinations destinations;
    private final boolean hasHours;

    /** Of all rules; {@link #NO_ROWS}: none asks for rows. */
    private final long mostRowsAskedFor;

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
        this.mostRowsAskedFor = rules.stream()
                .map(Rule::rowsOver)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(NO_ROWS);
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

    /** Whether any rule depends on how many rows are touched. */
    public boolean asksForRows() {
        return mostRowsAskedFor != NO_ROWS;
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
     * The verdict for a unit, or that its rows must be counted first.
     *
     * @param unit its statements in order; the caller has replaced EXECUTE, FETCH and MOVE by what they run. None: forwarded
     * @param who sends it
     */
    public Ruling rule(List<StatementFacts> unit, Requester who) {
        Verdict fewest = decide(unit, who, _ -> RowEstimate.NONE);
        if (!asksForRows()) {
            return fewest;
        }
        Verdict most = decide(unit, who, _ -> ANY);
        if (Strictness.ORDER.compare(fewest, most) == 0) {
            return fewest;
        }
        Set<Integer> statements = new TreeSet<>();
        for (int i = 0; i < unit.size(); i++) {
            if (Touching.of(unit.get(i)) == Touching.COUNTABLE
                    && Strictness.ORDER.compare(decide(unit.get(i), who, ANY), fewest) > 0) {
                statements.add(i);
            }
        }
        return new Ruling.Depends(fewest, most, statements, mostRowsAskedFor);
    }

    /**
     * The verdict for a unit of which it is known how many rows it touches.
     *
     * @param unit as of {@link #rule}
     * @param who sends it
     * @param rows of each statement by its index; asked only of those that {@link Ruling.Depends} names
     */
    public Verdict decide(List<StatementFacts> unit, Requester who, IntFunction<RowEstimate> rows) {
        if (unit.isEmpty()) {
            return EMPTY;
        }
        StatementFacts worst = unit.getFirst();
        Verdict strictest = decide(worst, who, estimate(worst, 0, rows));
        for (int i = 1; i < unit.size(); i++) {
            StatementFacts next = unit.get(i);
            Verdict verdict = decide(next, who, estimate(next, i, rows));
            int order = Strictness.ORDER.compare(verdict, strictest);
            // Among equals the rule of the most dangerous statement is the one to tell people.
            if (order > 0 || (order == 0 && next.statementClass().compareTo(worst.statementClass()) > 0)) {
                strictest = verdict;
                worst = next;
            }
        }
        return strictest;
    }

    private RowEstimate estimate(StatementFacts statement, int index, IntFunction<RowEstimate> rows) {
        if (!asksForRows()) {
            return RowEstimate.NONE; // nobody asks
        }
        return switch (Touching.of(statement)) {
            case NOTHING -> RowEstimate.NONE;
            case COUNTABLE -> rows.apply(index);
            case ANYTHING -> CODE;
        };
    }

    private Verdict decide(StatementFacts statement, Requester who, RowEstimate rows) {
        Verdict bound = null;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Coverage coverage = rule.covers(statement, who);
            if (coverage == Coverage.FULL || (coverage == Coverage.PARTIAL && rule.isGuard())) {
                Verdict verdict = rule.verdict(rows);
                if (verdict != null) {
                    bound = bound == null ? verdict : Strictness.stricter(bound, verdict);
                }
            }
            if (bound != null && coverage == Coverage.FULL && rule.rowsOver() == null) {
                return bound;
            }
        }
        return bound == null ? NO_RULE : Strictness.stricter(bound, NO_RULE);
    }
}
