package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A forwarded unit from its first byte to its ReadyForQuery, and what is to be done then. */
final class Run {
    private final Leg leg;
    private final long startedNanos;
    /** With {@link #texts}; the first unit's own until there are more. */
    private List<StatementFacts> statements = List.of();

    private List<byte[]> texts = List.of();
    private boolean listsAreOwn;
    private StatementClass statementClass = StatementClass.READ;
    private @Nullable RunListener listener;
    private @Nullable Unit again;
    private @Nullable String tag;
    private @Nullable String sqlState;
    private @Nullable String message;
    private boolean answered;
    private boolean sawData;
    private boolean deallocates;
    private boolean decidesWhatFollows;
    private boolean controlsTransaction;

    /** Told how a run that somebody waits for or reads about later has ended. */
    interface RunListener {
        /** ReadyForQuery arrived. */
        void ended(Run run, long nanos);

        /** The server was lost before it: whether it took effect is not known. */
        void lost(Run run);
    }

    Run(Leg leg, long startedNanos) {
        this.leg = leg;
        this.startedNanos = startedNanos;
    }

    Leg leg() {
        return leg;
    }

    long startedNanos() {
        return startedNanos;
    }

    void adds(Unit unit) {
        decidesWhatFollows |= unit.beginsTransaction() || unit.changesSession();
        controlsTransaction |= unit.controlsTransaction();
        for (StatementFacts statement : unit.executed()) {
            deallocates |= deallocates(statement);
        }
        adds(unit.executed(), unit.texts());
        statementClass = statementClass.max(unit.statementClass());
        sawData |= unit.readsData();
    }

    private void adds(List<StatementFacts> more, List<byte[]> theirTexts) {
        if (statements.isEmpty()) {
            statements = more;
            texts = theirTexts;
            listsAreOwn = false;
            return;
        }
        if (!listsAreOwn) {
            statements = new ArrayList<>(statements);
            texts = new ArrayList<>(texts);
            listsAreOwn = true;
        }
        statements.addAll(more);
        texts.addAll(theirTexts);
    }

    List<StatementFacts> statements() {
        return statements;
    }

    /** Whether any of it is DEALLOCATE or DISCARD ALL. */
    boolean deallocates() {
        return deallocates;
    }

    /** Whether it begins a transaction, or changes the session so that what comes behind it means something else. */
    boolean decidesWhatFollows() {
        return decidesWhatFollows;
    }

    /** Whether any of it begins or ends a transaction block. */
    boolean controlsTransaction() {
        return controlsTransaction;
    }

    private static boolean deallocates(StatementFacts statement) {
        return statement.effect() instanceof SessionEffect.Deallocate
                || (statement.effect() instanceof SessionEffect.ResetAll reset && reset.discardAll());
    }

    /** Takes over what another run does; that one is no more. */
    void absorb(Run later) {
        adds(later.statements, later.texts);
        statementClass = statementClass.max(later.statementClass);
        sawData |= later.sawData;
        listener = listener == null ? later.listener : listener;
        deallocates |= later.deallocates;
        decidesWhatFollows |= later.decidesWhatFollows;
        controlsTransaction |= later.controlsTransaction;
        later.release();
    }

    /** The exact words of one of {@link #statements()}. */
    byte[] text(int index) {
        StatementFacts facts = statements.get(index);
        return Arrays.copyOfRange(texts.get(index), facts.start(), facts.end());
    }

    StatementClass statementClass() {
        return statementClass;
    }

    /** Whether the session may have learned from it what is in the database. */
    boolean sawData() {
        return sawData;
    }

    void listener(RunListener newListener) {
        listener = newListener;
    }

    @Nullable
    RunListener listener() {
        return listener;
    }

    /** Keeps the unit for another try, until the client has been sent the first byte of an answer. */
    void retryWith(Unit unit) {
        again = unit;
    }

    /** Whether it may still be tried elsewhere. */
    boolean mayRetry() {
        return again != null;
    }

    /** The unit to try again elsewhere; null if something was answered already. */
    @Nullable
    Unit takeRetry() {
        Unit unit = again;
        again = null;
        return unit;
    }

    /** Something of the answer goes to the client. */
    void answers() {
        if (!answered) {
            answered = true;
            release();
        }
    }

    void release() {
        Unit unit = takeRetry();
        if (unit != null) {
            unit.release();
        }
    }

    void completed(String commandTag) {
        tag = commandTag;
    }

    void failed(String newSqlState, String newMessage) {
        sqlState = newSqlState;
        message = newMessage;
    }

    boolean hasFailed() {
        return sqlState != null;
    }

    /** The last CommandComplete tag; null if there was none. */
    @Nullable
    String tag() {
        return tag;
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }

    @Nullable
    String message() {
        return message;
    }
}
