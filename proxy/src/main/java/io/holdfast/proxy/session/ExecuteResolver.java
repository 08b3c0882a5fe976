package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
     * @param sql that the facts' offsets are of
     * @return why the text must not run; null: it may
     */
    @Nullable
    String learn(SqlFacts facts, byte[] sql) {
        String objection = null;
        for (StatementFacts statement : facts.statements()) {
            if (statement.effect() instanceof SessionEffect.Prepare(var name, var prepared)
                    && !names.preparedBySql(name, prepared, text(prepared, sql))) {
                objection = "the session has prepared too many others";
            }
        }
        return objection;
    }

    /** EXECUTE stands for what its name stands for now. */
    List<StatementFacts> resolve(List<StatementFacts> statements) {
        return hasExecute(statements) ? resolveEach(statements) : statements;
    }

    /** The texts behind the names that these execute. */
    List<SqlTexts.Candidates> texts(List<StatementFacts> statements) {
        if (!hasExecute(statements)) {
            return List.of();
        }
        List<SqlTexts.Candidates> texts = new ArrayList<>();
        for (StatementFacts statement : statements) {
            if (statement.effect() instanceof SessionEffect.Execute(var name)) {
                texts.add(names.texts(name));
            }
        }
        return texts;
    }

    private static String text(StatementFacts prepared, byte[] sql) {
        return new String(sql, prepared.start(), prepared.end() - prepared.start(), StandardCharsets.UTF_8);
    }

    private static boolean hasExecute(List<StatementFacts> statements) {
        for (StatementFacts statement : statements) {
            if (statement.effect() instanceof SessionEffect.Execute) {
                return true;
            }
        }
        return false;
    }

    private List<StatementFacts> resolveEach(List<StatementFacts> statements) {
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
            return unseen(execute);
        }
        StatementFacts worst = known.getFirst();
        var relations = new LinkedHashSet<>(execute.relations());
        var functions = new LinkedHashSet<>(execute.functions());
        var opaque = new LinkedHashSet<>(execute.opaque());
        var innerCommands = new LinkedHashSet<String>();
        StatementClass ownClass = execute.ownClass();
        for (StatementFacts candidate : known) {
            if (candidate.statementClass().compareTo(worst.statementClass()) > 0) {
                worst = candidate;
            }
            relations.addAll(candidate.relations());
            functions.addAll(candidate.functions());
            opaque.addAll(candidate.opaque());
            if (candidate.statementClass().compareTo(StatementClass.WRITE) >= 0) {
                innerCommands.add(candidate.command());
            }
            innerCommands.addAll(candidate.innerCommands());
            ownClass = ownClass.max(candidate.ownClass());
        }
        return new StatementFacts(
                execute.command(),
                worst.statementClass().max(execute.statementClass()),
                "executes " + worst.command() + ": " + worst.reason(),
                worst.unparsed(),
                List.copyOf(relations),
                List.copyOf(functions),
                WhereClause.NOT_APPLICABLE,
                execute.effect(),
                ownClass,
                List.copyOf(opaque),
                List.copyOf(innerCommands),
                false,
                execute.start(),
                execute.end());
    }

    private static StatementFacts unseen(StatementFacts execute) {
        return new StatementFacts(
                execute.command(),
                StatementClass.DESTRUCTIVE,
                "executes a statement that was not seen",
                true,
                execute.relations(),
                execute.functions(),
                WhereClause.NOT_APPLICABLE,
                execute.effect(),
                execute.start(),
                execute.end());
    }
}
