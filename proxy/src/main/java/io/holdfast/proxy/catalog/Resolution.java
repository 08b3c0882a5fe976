package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.TextScan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One statement, and what its names do. */
final class Resolution {
    private final Names names;
    private final StatementFacts facts;
    private final boolean fresh;
    private List<RelationName> opaque = List.of();
    private StatementClass highest;
    private String reason;

    private Resolution(Names names, StatementFacts facts, boolean fresh) {
        this.names = names;
        this.facts = facts;
        this.fresh = fresh;
        highest = facts.ownClass();
        reason = ownReason(facts);
    }

    /** Looks the statement's names up; the parameters are those of {@link Catalog#resolve}. */
    static StatementFacts of(Names names, StatementFacts facts, byte[] text, boolean fresh) {
        if (facts.unparsed()) {
            return facts;
        }
        Resolution resolution = new Resolution(names, facts, fresh);
        resolution.functions();
        if (!facts.onlyNames()) {
            resolution.relations();
        }
        // What PREPARE stores is looked through now: EXECUTE does not show it.
        if (names.hasHiddenCalls()
                && text.length > 0
                && (!facts.onlyNames() || facts.command().equals("PREPARE"))) {
            resolution.hiddenCalls(text);
        }
        return resolution.isKnown() ? facts : facts.with(resolution.highest, resolution.reason, resolution.opaque);
    }

    private boolean isKnown() {
        return highest == facts.statementClass() && opaque.equals(facts.opaque()) && reason.equals(facts.reason());
    }

    private static String ownReason(StatementFacts facts) {
        if (facts.ownClass() == facts.statementClass()) {
            return facts.reason();
        }
        return facts.ownClass() == StatementClass.READ ? "only reads" : "changes the session";
    }

    private void functions() {
        for (RelationName name : facts.functions()) {
            boolean user = facts.opaque().contains(name);
            if (facts.onlyNames() && !user) {
                continue;
            }
            List<Routine> candidates = names.routines(name);
            if (candidates.isEmpty() && user) {
                add(name, fresh ? new Code(StatementClass.WRITE, false, "does not exist yet") : Code.OPAQUE, "calls ");
            }
            for (Routine candidate : candidates) {
                if (!facts.onlyNames()
                        || !candidate.isVolatile()) { // only planned: what is volatile waits until it runs
                    add(name, candidate.code(), "calls ");
                }
            }
        }
    }

    private void relations() {
        boolean writes = facts.ownClass().compareTo(StatementClass.WRITE) >= 0;
        boolean refreshes = facts.command().equals("REFRESH MATERIALIZED VIEW");
        for (RelationName name : facts.relations()) {
            List<Relation> candidates = names.relations(name);
            if (candidates.isEmpty() && !fresh && !BuiltIns.isSystemRelation(name)) {
                opaque(name);
            }
            for (Relation candidate : candidates) {
                add(name, candidate.read(), "reads ");
                if (writes) {
                    add(name, candidate.write(), "writes ");
                }
                if (refreshes) {
                    add(name, candidate.refresh(), "computes ");
                }
            }
        }
    }

    private void hiddenCalls(byte[] text) {
        TextScan.find(
                text,
                facts.start(),
                facts.end(),
                word -> hidden(word, names.word(word)),
                operator -> hidden(operator, names.operator(operator)));
    }

    /** Goes on looking, whatever it was. */
    private boolean hidden(String word, Code code) {
        if (!code.isHarmless()) {
            add(new RelationName(null, word), code, "uses ");
        }
        return false;
    }

    private void add(RelationName name, Code code, String verb) {
        if (code.statementClass().compareTo(highest) > 0) {
            highest = code.statementClass();
            reason = verb + name + ", which " + code.words();
        }
        if (code.opaque()) {
            opaque(name);
        }
    }

    private void opaque(RelationName name) {
        if (opaque.isEmpty()) {
            opaque = new ArrayList<>(1);
        }
        if (!opaque.contains(name)) {
            opaque.add(name);
        }
    }

    /** Of what is stored: all its statements. */
    static Code codeOf(List<StatementFacts> statements, UnaryOperator<StatementFacts> resolve) {
        Code code = Code.HARMLESS;
        for (StatementFacts statement : statements) {
            code = code.and(codeOf(resolve.apply(statement)));
        }
        return code;
    }

    private static Code codeOf(StatementFacts statement) {
        if (statement.unparsed()) {
            return Code.OPAQUE; // here nobody waits for what is not understood, unless opaque code has to wait
        }
        return statement.statementClass() == StatementClass.SESSION
                ? new Code(StatementClass.WRITE, true, statement.reason())
                : new Code(statement.statementClass(), !statement.opaque().isEmpty(), statement.reason());
    }
}
