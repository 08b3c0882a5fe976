package io.holdfast.proxy.policy;

import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code when} of a rule, ready to be asked. What is left out matches everything. Every rule is asked for every statement, so that
 * what most of them say, no, costs little and leaves no garbage: the parts are asked in the order of their cost, and lists are walked by
 * index.
 */
final class Condition {
    private final When when;
    private final WhoCondition who;
    private final Set<StatementClass> classes;
    private final CommandNames commands;
    private final List<NamePattern> tables;
    private final List<NamePattern> functions;

    /**
     * Conditions as configured.
     *
     * @throws IllegalArgumentException if a class or network does not exist; the loader has told people before
     */
    Condition(When when) {
        this.when = when;
        this.who = new WhoCondition(when);
        this.classes = when.classes().stream()
                .map(name -> StatementClass.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        this.commands = new CommandNames(when.commands());
        this.tables = when.tables().stream().map(NamePattern::new).toList();
        this.functions = when.functions().stream().map(NamePattern::new).toList();
    }

    /** Whether the answer depends on when it is asked. */
    boolean hasHours() {
        return when.hours() != null;
    }

    /** How far this speaks of the statement, sent by {@code requester}. */
    Coverage of(StatementFacts statement, Requester requester) {
        if (!speaksOf(effectiveClass(statement)) || (when.opaque() && !isOpaque(statement))) {
            return Coverage.NONE;
        }
        Coverage contents = contents(statement);
        if (contents == Coverage.NONE || !who.speaksOf(requester)) {
            return Coverage.NONE;
        }
        return contents == Coverage.FULL && leavesOut(statement) ? Coverage.PARTIAL : contents;
    }

    private boolean speaksOf(StatementClass statementClass) {
        return classes.isEmpty() || classes.contains(statementClass);
    }

    private Coverage contents(StatementFacts statement) {
        if (statement.unparsed()) {
            // It could be anything.
            return when.namesContents() ? Coverage.PARTIAL : Coverage.FULL;
        }
        Coverage contents = commands.of(statement);
        if (contents != Coverage.NONE) {
            contents = contents.and(tables(statement));
        }
        return contents == Coverage.NONE ? Coverage.NONE : contents.and(functions(statement));
    }

    /** Contents are named, and the statement does more than they say; a class named is an answer to that. */
    private boolean leavesOut(StatementFacts statement) {
        return when.namesContents()
                && classes.isEmpty()
                && ((functions.isEmpty() && OwnClass.isExceededBy(statement)) || runsUnnamedCode(statement));
    }

    /** Somebody who allows a command on a table has not vouched for a function that nobody knows. */
    private boolean runsUnnamedCode(StatementFacts statement) {
        return !when.opaque()
                && statement.opaque().stream()
                        .anyMatch(name ->
                                !NamePattern.surelyMeans(tables, name) && !NamePattern.surelyMeans(functions, name));
    }

    private static boolean isOpaque(StatementFacts statement) {
        return statement.unparsed() || !statement.opaque().isEmpty();
    }

    private Coverage tables(StatementFacts statement) {
        return tables.isEmpty() ? Coverage.FULL : NamePattern.of(tables, statement.relations());
    }

    private Coverage functions(StatementFacts statement) {
        if (functions.isEmpty()) {
            return Coverage.FULL;
        }
        Coverage all = NamePattern.of(functions, statement.functions());
        if (all != Coverage.PARTIAL) {
            return all;
        }
        // What only reads needs nobody's leave: allowing app.report() allows it beside lower().
        List<RelationName> others = statement.functions().stream()
                .filter(function -> NamePattern.surelyMeans(functions, function) || !BuiltIns.onlyReads(function))
                .toList();
        return NamePattern.of(functions, others) == Coverage.FULL ? Coverage.FULL : Coverage.PARTIAL;
    }

    private static StatementClass effectiveClass(StatementFacts statement) {
        return statement.unparsed() ? StatementClass.DESTRUCTIVE : statement.statementClass();
    }
}
