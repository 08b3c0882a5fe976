package io.holdfast.proxy.policy;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.List;
import java.util.stream.Stream;

/** Statement facts by hand. Names are {@code name} or {@code schema.name}. */
final class Facts {
    private Facts() {}

    static StatementFacts select(String... relations) {
        return statement("SELECT", StatementClass.READ, relations);
    }

    static StatementFacts truncate(String... relations) {
        return statement("TRUNCATE TABLE", StatementClass.DESTRUCTIVE, relations);
    }

    /** A DELETE without WHERE. */
    static StatementFacts deleteAll(String... relations) {
        return facts("DELETE", StatementClass.DESTRUCTIVE, false, names(relations), List.of(), WhereClause.ABSENT);
    }

    /** A DELETE ... WHERE that calls nothing dangerous. */
    static StatementFacts deleteSome(String... relations) {
        return facts("DELETE", StatementClass.WRITE, false, names(relations), List.of(), WhereClause.PRESENT);
    }

    /** A DELETE ... WHERE whose class comes from elsewhere, such as a function it calls. */
    static StatementFacts deleteSomeButWorse(StatementClass statementClass, String... relations) {
        return facts("DELETE", statementClass, false, names(relations), List.of(), WhereClause.PRESENT);
    }

    static StatementFacts statement(String command, StatementClass statementClass, String... relations) {
        return facts(command, statementClass, false, names(relations), List.of(), WhereClause.NOT_APPLICABLE);
    }

    static StatementFacts calling(StatementClass statementClass, String... functions) {
        return facts("SELECT", statementClass, false, List.of(), names(functions), WhereClause.NOT_APPLICABLE);
    }

    static StatementFacts unparsed() {
        return facts("UNPARSED", StatementClass.DESTRUCTIVE, true, List.of(), List.of(), WhereClause.NOT_APPLICABLE);
    }

    /** What no classifier should make: not understood, yet called harmless. */
    static StatementFacts unparsedRead() {
        return facts("SELECT", StatementClass.READ, true, names("events"), List.of(), WhereClause.NOT_APPLICABLE);
    }

    static RelationName name(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new RelationName(null, text)
                : new RelationName(text.substring(0, dot), text.substring(dot + 1));
    }

    private static List<RelationName> names(String... texts) {
        return Stream.of(texts).map(Facts::name).toList();
    }

    private static StatementFacts facts(
            String command,
            StatementClass statementClass,
            boolean unparsed,
            List<RelationName> relations,
            List<RelationName> functions,
            WhereClause where) {
        return new StatementFacts(
                command,
                statementClass,
                "by hand",
                unparsed,
                relations,
                functions,
                where,
                new SessionEffect.None(),
                0,
                1);
    }
}
