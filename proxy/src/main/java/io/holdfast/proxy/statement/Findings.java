package io.holdfast.proxy.statement;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the readers have found of one statement so far. A class is only ever raised. */
final class Findings {
    private static final SessionEffect NONE = new SessionEffect.None();

    private String command = "";
    private StatementClass statementClass = StatementClass.READ;
    private String reason = "only reads";
    private WhereClause where = WhereClause.NOT_APPLICABLE;
    private SessionEffect effect = NONE;
    private boolean unparsed;
    private Set<RelationName> relations = Set.of();
    private Set<RelationName> functions = Set.of();
    private Set<RelationName> userFunctions = Set.of();
    private Set<String> innerCommands = Set.of();
    private boolean onlyNames;

    /** Names the command; the outermost one says it first and keeps it. */
    void command(String name) {
        if (command.isEmpty()) {
            command = name;
        }
    }

    /** Replaces what the outermost reader has said: {@code SELECT} turns out to be {@code SELECT INTO}. */
    void refineCommand(String from, String to) {
        if (command.equals(from)) {
            command = to;
        }
    }

    /** The first reason at the highest class is the one that people are shown. */
    void raise(StatementClass to, String why) {
        if (to.compareTo(statementClass) > 0) {
            statementClass = to;
            reason = why;
        }
    }

    /** ON CONFLICT DO UPDATE: the tag on the wire will say INSERT, so people are told here. */
    void overwrites(RelationName target) {
        if (statementClass == StatementClass.WRITE) {
            reason = "inserts into " + target + ", or overwrites rows of it";
        }
    }

    void effect(SessionEffect found) {
        effect = effect.equals(NONE) ? found : new SessionEffect.Pins("changes the session in several ways");
    }

    void where(WhereClause found) {
        where = found;
    }

    void relation(RelationName name) {
        relations = with(relations, name);
    }

    void function(RelationName name) {
        functions = with(functions, name);
    }

    /** A function that is no built-in, so that only the catalog could say what it does. */
    void userFunction(RelationName name) {
        userFunctions = with(userFunctions, name);
    }

    /** Most statements name one thing of a kind, for which no table is made. */
    private static Set<RelationName> with(Set<RelationName> names, RelationName name) {
        if (names.isEmpty()) {
            return Set.of(name);
        }
        if (names.contains(name)) {
            return names;
        }
        Set<RelationName> more = names.size() == 1 ? new LinkedHashSet<>(names) : names;
        more.add(name);
        return more;
    }

    /** Takes over names, class and effect of a wrapped statement. */
    void absorb(Findings inner) {
        inner.relations.forEach(this::relation);
        inner.functions.forEach(this::function);
        inner.userFunctions.forEach(this::userFunction);
        onlyNames |= inner.onlyNames;
        absorbCommands(inner);
        raise(inner.statementClass, inner.reason);
        if (where == WhereClause.NOT_APPLICABLE) {
            where = inner.where;
        }
        if (!inner.effect.equals(NONE)) {
            effect(inner.effect);
        }
        unparsed |= inner.unparsed;
    }

    private void absorbCommands(Findings inner) {
        if (inner.statementClass.compareTo(StatementClass.WRITE) >= 0) {
            if (innerCommands.isEmpty()) {
                innerCommands = new LinkedHashSet<>();
            }
            innerCommands.add(inner.command);
            innerCommands.addAll(inner.innerCommands);
        }
    }

    /** Takes over the names of a statement that is stored, not run. */
    void absorbNames(Findings inner) {
        inner.relations.forEach(this::relation);
        inner.functions.forEach(this::function);
        onlyNames = true;
    }

    /** Takes over the names of a statement that is planned: the planner calls functions that say they are stable. */
    void absorbPlanned(Findings inner) {
        absorbNames(inner);
        inner.userFunctions.forEach(this::userFunction);
        if (inner.functions.stream().map(CallReader::effect).anyMatch(FunctionEffect::isMoreThanReading)) {
            raise(StatementClass.WRITE, "plans calls that may run while it plans");
        }
    }

    /** Versions before 17 refuse what 17 takes for white space. */
    void noteVerticalTab() {
        reason += " (has a vertical tab)";
    }

    StatementClass statementClass() {
        return statementClass;
    }

    String reason() {
        return reason;
    }

    String command() {
        return command;
    }

    StatementFacts facts(int start, int end) {
        boolean raised = !userFunctions.isEmpty() && statementClass.compareTo(StatementClass.WRITE) < 0;
        return new StatementFacts(
                command,
                raised ? StatementClass.WRITE : statementClass,
                raised ? "calls " + userFunctions.iterator().next() + ", which is not a built-in" : reason,
                unparsed,
                List.copyOf(relations),
                List.copyOf(functions),
                where,
                effect,
                statementClass,
                List.copyOf(userFunctions),
                List.copyOf(innerCommands),
                onlyNames,
                start,
                end);
    }

    /** Facts of what was not understood. */
    static StatementFacts unparsed(String reason, int start, int end) {
        return new StatementFacts(
                "UNPARSED",
                StatementClass.DESTRUCTIVE,
                "not understood: " + reason,
                true,
                List.of(),
                List.of(),
                WhereClause.NOT_APPLICABLE,
                NONE,
                start,
                end);
    }
}
