package io.holdfast.proxy.session;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.estimate.TextEstimate;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session without servers: tells what would become of each unit of a client, asked one after the other, if all of them succeed.
 * How fresh a follower is after a write cannot be told without one; it is taken to be fresh. Not for use by several threads.
 */
public final class Rehearsal {
    private final Policy policy;
    private final Catalog catalog;
    private final Requester who;
    private final int inspectBytes;
    private final RowEstimate rows;
    private final ExecuteResolver executes = new ExecuteResolver(new StatementNames());
    /** Where the open transaction began; null: there is none. */
    private @Nullable Placement transaction;

    private boolean pinned;

    /**
     * As at login.
     *
     * @param inspectBytes longest text that is looked at, in bytes
     * @param rows that each statement touches, if its text does not say it
     */
    public Rehearsal(Policy policy, Catalog catalog, Requester who, int inspectBytes, RowEstimate rows) {
        this.policy = policy;
        this.catalog = catalog;
        this.who = who;
        this.inspectBytes = inspectBytes;
        this.rows = rows;
    }

    /** What becomes of a simple Query with this text. */
    public Forecast query(byte[] sql) {
        SqlFacts facts = StatementReader.read(sql, 0, sql.length);
        String tooMany = executes.learn(facts, sql);
        List<StatementFacts> statements = executes.resolve(facts.statements()).stream()
                .map(statement -> catalog.resolve(statement, sql, true))
                .toList();
        String objection = tooMany == null ? objection(sql.length, statements) : tooMany;
        Verdict verdict = objection == null
                ? policy.decide(statements, who, number -> rows(statements.get(number), sql))
                : new Verdict.Refuse(Judge.INSPECTION, objection);
        Placement placement = transaction == null ? placement(statements, sql) : transaction;
        statements.forEach(statement -> follow(statement, placement));
        return new Forecast(statements, SqlFacts.of(statements).statementClass(), placement, verdict);
    }

    private RowEstimate rows(StatementFacts statement, byte[] sql) {
        return TextEstimate.of(statement, sql).orElse(rows);
    }

    private @Nullable String objection(int length, List<StatementFacts> statements) {
        return length > inspectBytes
                ? "text is longer than " + inspectBytes + " bytes"
                : PinnedSettings.objection(statements);
    }

    private Placement placement(List<StatementFacts> statements, byte[] sql) {
        Placement placement = pinned ? Placement.PRIMARY : Placement.FOLLOWER;
        for (StatementFacts statement : statements) {
            placement = placement.and(Placement.of(statement, sql));
        }
        return placement;
    }

    private void follow(StatementFacts statement, Placement placement) {
        switch (statement.effect()) {
            case SessionEffect.Begin _ -> transaction = placement;
            case SessionEffect.End _ -> transaction = null;
            case SessionEffect.Pins _ -> pinned = true;
            case SessionEffect.Setting set -> pinned |= !set.local() && !SettingsJournal.mirrors(set);
            case SessionEffect.ResetAll(var discardAll) -> pinned &= !discardAll;
            case SessionEffect.None _,
                    SessionEffect.Savepoint _,
                    SessionEffect.Prepare _,
                    SessionEffect.Execute _,
                    SessionEffect.Deallocate _,
                    SessionEffect.Unpins _ -> {}
        }
    }
}
