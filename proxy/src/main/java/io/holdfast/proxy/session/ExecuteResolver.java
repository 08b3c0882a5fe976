package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what SQL's EXECUTE runs. A name that was not seen to be prepared may stand for anything. */
final class ExecuteResolver {
    private final StatementNames names;

    ExecuteResolver(StatementNames names) {
        this.names = names;
    }

    /**
     * What PREPARE names is known at once, not when it is answered: EXECUTE may stand right behind it (BYPASS P-05).
     *
     * @return why the text must not run; null: it may
     */
    @Nullable
    String learn(SqlFacts facts) {
        String objection = null;
        for (StatementFacts statement : facts.statements()) {
            if (statement.effect() instanceof SessionEffect.Prepare(var name, var prepared)
                    && !names.preparedBySql(name, prepared)) {
                objection = "the session has prepared too many others";
            }
        }
        return objection;
    }

    /** EXECUTE stands for what its name stands for now. */
    List<StatementFacts> resolve(List<StatementFacts> statements) {
        var resolved = new ArrayList<StatementFacts>(statements.size());
        for (StatementFacts statement : statements) {
            if (statement.effect() instanceof SessionEffect.Execute(var name)) {
                resolved.add(executing(statement, name));
            } else {
                resolved.add(statement);
            }
        }
        return resolved;
    }

    private StatementFacts executing(StatementFacts execute, String name) {
        List<StatementFacts> known = names.executable(name);
        if (known.isEmpty()) {
            return classed(
                    execute, StatementClass.DESTRUCTIVE, "executes a statement that was not seen", true, execute);
        }
        StatementFacts worst = known.getFirst();
        for (StatementFacts candidate : known) {
            if (candidate.statementClass().compareTo(worst.statementClass()) > 0) {
                worst = candidate;
            }
        }
        StatementClass higher = worst.statementClass().max(execute.statementClass());
        return classed(execute, higher, "executes " + worst.command() + ": " + worst.reason(), worst.unparsed(), worst);
    }

    private static StatementFacts classed(
            StatementFacts execute, StatementClass higher, String reason, boolean unparsed, StatementFacts names) {
        return new StatementFacts(
                execute.command(),
                higher,
                reason,
                unparsed,
                names.relations(),
                names.functions(),
                WhereClause.NOT_APPLICABLE,
                execute.effect(),
                execute.start(),
                execute.end());
    }
}
