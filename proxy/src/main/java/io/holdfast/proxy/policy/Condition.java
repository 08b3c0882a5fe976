package io.holdfast.proxy.policy;

import io.holdfast.config.Cidr;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code when} of a rule, ready to be asked. What is left out matches everything. */
final class Condition {
    private final When when;
    private final Set<StatementClass> classes;
    private final List<NamePattern> tables;
    private final List<NamePattern> functions;
    private final List<Cidr> networks;

    /**
     * Conditions as configured.
     *
     * @throws IllegalArgumentException if a class or network does not exist; the loader has told people before
     */
    Condition(When when) {
        this.when = when;
        this.classes = when.classes().stream()
                .map(name -> StatementClass.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        this.tables = when.tables().stream().map(NamePattern::new).toList();
        this.functions = when.functions().stream().map(NamePattern::new).toList();
        this.networks = when.networks().stream().map(Cidr::parse).toList();
    }

    /** How far this speaks of the statement, sent by {@code who}. */
    Coverage of(StatementFacts statement, Requester who) {
        if (!speaksOf(who) || !speaksOf(effectiveClass(statement)) || (when.opaque() && !isOpaque(statement))) {
            return Coverage.NONE;
        }
        if (statement.unparsed()) {
            // It could be anything.
            return namesContents() ? Coverage.PARTIAL : Coverage.FULL;
        }
        Coverage contents = commands(statement).and(tables(statement)).and(functions(statement));
        return contents == Coverage.FULL && leavesOut(statement) ? Coverage.PARTIAL : contents;
    }

    private boolean speaksOf(Requester who) {
        return (when.users().isEmpty() || when.users().contains(who.user()))
                && (when.persons().isEmpty()
                        || (who.person() != null && when.persons().contains(who.person())))
                && (when.databases().isEmpty() || when.databases().contains(who.database()))
                && (when.applications().isEmpty() || when.applications().contains(who.application()))
                && (networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(who.address())));
    }

    private boolean speaksOf(StatementClass statementClass) {
        return classes.isEmpty() || classes.contains(statementClass);
    }

    private boolean namesContents() {
        return !when.commands().isEmpty() || !tables.isEmpty() || !functions.isEmpty();
    }

    /** Contents are named, and the statement does more than they say; a class named is an answer to that. */
    private boolean leavesOut(StatementFacts statement) {
        return namesContents()
                && classes.isEmpty()
                && ((functions.isEmpty() && OwnClass.isExceededBy(statement)) || runsUnnamedCode(statement));
    }

    /** Somebody who allows a command on a table has not vouched for a function that nobody knows. */
    private boolean runsUnnamedCode(StatementFacts statement) {
        return !when.opaque()
                && statement.opaque().stream().anyMatch(name -> !isNamed(tables, name) && !isNamed(functions, name));
    }

    private static boolean isNamed(List<NamePattern> patterns, RelationName name) {
        return patterns.stream().anyMatch(pattern -> pattern.surelyMeans(name));
    }

    private static boolean isOpaque(StatementFacts statement) {
        return statement.unparsed() || !statement.opaque().isEmpty();
    }

    /** A statement is all that it wraps: a SELECT around a DELETE is covered by a rule that names both, and touched by one that names either. */
    private Coverage commands(StatementFacts statement) {
        if (when.commands().isEmpty()) {
            return Coverage.FULL;
        }
        boolean all = isNamed(statement.command());
        boolean some = all;
        for (String inner : statement.innerCommands()) {
            boolean named = isNamed(inner);
            all &= named;
            some |= named;
        }
        return all ? Coverage.FULL : some ? Coverage.PARTIAL : Coverage.NONE;
    }

    private boolean isNamed(String command) {
        return when.commands().contains(command) || when.commands().contains(OwnClass.firstWord(command));
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
                .filter(function -> isNamed(functions, function) || !BuiltIns.onlyReads(function))
                .toList();
        return NamePattern.of(functions, others) == Coverage.FULL ? Coverage.FULL : Coverage.PARTIAL;
    }

    private static StatementClass effectiveClass(StatementFacts statement) {
        return statement.unparsed() ? StatementClass.DESTRUCTIVE : statement.statementClass();
    }
}
