package io.holdfast.proxy.policy;

import io.holdfast.config.Cidr;
import io.holdfast.config.RuleConfig.When;
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
        if (!speaksOf(who) || !speaksOf(effectiveClass(statement))) {
            return Coverage.NONE;
        }
        if (statement.unparsed()) {
            // It could be anything.
            return namesContents() ? Coverage.PARTIAL : Coverage.FULL;
        }
        Coverage contents = commands(statement.command()).and(tables(statement)).and(functions(statement));
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

    /** Commands and tables are named, and the statement does more than they say; a class or function named is an answer to that. */
    private boolean leavesOut(StatementFacts statement) {
        return namesContents() && classes.isEmpty() && functions.isEmpty() && OwnClass.isExceededBy(statement);
    }

    private Coverage commands(String command) {
        boolean named = when.commands().isEmpty()
                || when.commands().contains(command)
                || when.commands().contains(OwnClass.firstWord(command));
        return named ? Coverage.FULL : Coverage.NONE;
    }

    private Coverage tables(StatementFacts statement) {
        return tables.isEmpty() ? Coverage.FULL : NamePattern.of(tables, statement.relations());
    }

    private Coverage functions(StatementFacts statement) {
        return functions.isEmpty() ? Coverage.FULL : NamePattern.of(functions, statement.functions());
    }

    private static StatementClass effectiveClass(StatementFacts statement) {
        return statement.unparsed() ? StatementClass.DESTRUCTIVE : statement.statementClass();
    }
}
