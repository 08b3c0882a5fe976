package io.holdfast.proxy.session;

import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SessionEffect.Kind;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session knows about where it stands with its servers: replies due, names, settings, the transaction. Changed by
 * what is sent and by what the servers say, nothing else.
 */
final class Conversation implements ReplyLedger.Listener {
    /** What the open transaction has done so far. */
    enum Work {
        NONE,
        READ,
        WROTE
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record PendingSetting(String name, byte[] sql) {}

    final PhaseTable phase = new PhaseTable();
    final ReplyLedger ledger = new ReplyLedger(this);
    final StatementNames names = new StatementNames(this::deallocates);
    final SettingsJournal journal = new SettingsJournal();

    /** What decides the meaning of statements, and is in no server's report. */
    final ChangedSettings changedSettings;

    final RouteLog routes = new RouteLog();
    private final Freshness freshness;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private final List<PendingSetting> inTransaction = new ArrayList<>();
    private @Nullable Leg active;
    private @Nullable Run openRun;
    private final Pins pins = new Pins();
    private Work work = Work.NONE;
    private boolean changesSchema;
    private Runnable schemaChanged = () -> {};

    Conversation(Freshness freshness, ChangedSettings changedSettings) {
        this.freshness = freshness;
        this.changedSettings = changedSettings;
    }

    /** Calls this whenever something that may have changed the schema has been committed. */
    void onSchemaChange(Runnable listener) {
        schemaChanged = listener;
    }

    /** The leg that works or worked last; null before the first unit. */
    @Nullable
    Leg active() {
        return active;
    }

    /** Replies are due from this leg from now on; the ledger must be empty if it is another one. */
    void activate(Leg leg) {
        active = leg;
    }

    void dropped(Leg leg) {
        if (active == leg) {
            active = null;
        }
    }

    /** The run that the server answers now; null if none. */
    @Nullable
    Run running() {
        return runs.peek();
    }

    /** Whether the server will answer what it was sent, without another message from the client. */
    boolean owesAnswers() {
        return !ledger.isEmpty() && openRun == null && !ledger.copyIn();
    }

    /** The run that more messages of the same unit will join; null if the last unit was complete. */
    @Nullable
    Run openRun() {
        return openRun;
    }

    /** Why reads stay on the primary; null: they need not. */
    @Nullable
    String pinned() {
        return pins.reason();
    }

    void pin(String reason) {
        pins.add(reason);
    }

    Work work() {
        return work;
    }

    /** Whether the open transaction has written, or something above SESSION is under way. */
    boolean isWriting() {
        return (inTransaction() && work == Work.WROTE)
                || runs.stream().anyMatch(run -> run.statementClass().compareTo(StatementClass.SESSION) > 0);
    }

    /** What the last ReadyForQuery said. */
    TransactionStatus status() {
        return active == null ? TransactionStatus.IDLE : active.status();
    }

    /** Whether anything under way makes what comes behind it mean something else. */
    boolean decidesWhatFollows() {
        for (Run run : runs) {
            if (run.decidesWhatFollows()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the proxy may answer in the server's place: nothing is open there, and it would not refuse all but ROLLBACK. */
    boolean mayAnswer() {
        return openRun == null && !ledger.copyIn() && status() != TransactionStatus.FAILED;
    }

    boolean inTransaction() {
        return openRun != null || status() != TransactionStatus.IDLE;
    }

    /** Joins the unit to the open run or begins one. */
    Run begin(Unit unit, Leg leg, boolean endsWithReady, long nanos) {
        Run run = openRun;
        if (run == null) {
            run = new Run(leg, nanos);
            runs.add(run);
        }
        run.adds(unit);
        openRun = endsWithReady ? null : run;
        changesSchema |= unit.statementClass().compareTo(StatementClass.SCHEMA) >= 0;
        if (unit.statementClass().compareTo(StatementClass.WRITE) >= 0) {
            work = Work.WROTE;
        } else if (work == Work.NONE && reads(unit)) {
            work = Work.READ;
        }
        return run;
    }

    private static boolean reads(Unit unit) {
        for (StatementFacts statement : unit.executed()) {
            if (statement.statementClass() == StatementClass.READ) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void done(ReplyLedger.Due due) {
        switch (due.request()) {
            case PARSE -> {
                if (due.relayed() && due.subject() instanceof PreparedStatement statement) {
                    names.parsed(statement);
                }
            }
            case CLOSE -> {
                if (due.relayed() && due.subject() instanceof String name) {
                    names.closed(name);
                }
            }
            case QUERY, BIND, DESCRIBE, EXECUTE, SYNC, FUNCTION_CALL, COPY_END -> {}
        }
    }

    @Override
    public void skipped(ReplyLedger.Due due) {
        switch (due.subject()) {
            case PreparedStatement statement -> {
                if (due.relayed()) {
                    names.parseSkipped(statement.name());
                }
                unsure(statement.name());
            }
            case Spare spare -> unsure(spare.name());
            case String name
            when due.request() == ReplyLedger.Request.CLOSE -> {
                if (due.relayed()) {
                    names.closeSkipped(name);
                }
                unsure(name);
            }
            case Run run -> {
                runs.remove(run);
                run.release();
                tellLost(run);
            }
            case Poison poison -> poison.error().release();
            case null, default -> {}
        }
    }

    @Override
    public void joined(Run later, Run earlier) {
        runs.remove(later);
        earlier.absorb(later);
    }

    /** ReadyForQuery for this run, or for one of ours that has none. */
    void ready(@Nullable Run run, TransactionStatus status, long nanos) {
        Leg leg = active;
        if (leg == null) {
            return;
        }
        boolean failedBefore = leg.status() == TransactionStatus.FAILED;
        leg.ready(status);
        if (run == null) {
            return;
        }
        runs.remove(run);
        routes.ended(run, nanos);
        boolean mayHaveWritten = run.statementClass().compareTo(StatementClass.WRITE) >= 0
                || (work == Work.WROTE && status == TransactionStatus.IDLE);
        if (mayHaveWritten && leg.role() == LegRole.PRIMARY) {
            freshness.wrote(leg, nanos);
        } else if (run.sawData()) {
            freshness.saw(leg, nanos);
        }
        settle(run, leg, status, failedBefore);
        changedSettings.settle(run.statements(), run.hasFailed(), status, failedBefore);
        if (status == TransactionStatus.IDLE) {
            work = Work.NONE;
            if (changesSchema) {
                changesSchema = false;
                schemaChanged.run();
            }
        }
        run.release();
        Run.RunListener listener = run.listener();
        if (listener != null) {
            listener.ended(run, nanos);
        }
    }

    /** Whether SQL that has been sent, and will be answered without more from the client, takes names away. */
    private boolean deallocates() {
        for (Run run : runs) {
            if (run != openRun && run.deallocates()) {
                return true;
            }
        }
        return false;
    }

    /** CopyInResponse. */
    void copyBegins() {
        Run reopened = ledger.copyBegins();
        if (reopened != null) {
            openRun = reopened;
        }
    }

    /** The active leg is gone: whatever ran has an unknown end. */
    void lost() {
        ledger.clear();
        if (active != null && !runs.isEmpty()) {
            freshness.saw(active, System.nanoTime()); // rows of it may have reached the client
        }
        for (Run run = runs.poll(); run != null; run = runs.poll()) {
            run.release();
            tellLost(run);
        }
        openRun = null;
        work = Work.NONE;
        inTransaction.clear();
        changedSettings.ends(false);
    }

    /** Takes over what the statements did to the session's state. */
    private void settle(Run run, Leg leg, TransactionStatus status, boolean failedBefore) {
        boolean control = run.controlsTransaction();
        boolean ended = status == TransactionStatus.IDLE;
        boolean committed = false;
        for (int i = 0; i < run.statements().size(); i++) {
            StatementFacts statement = run.statements().get(i);
            switch (statement.effect()) {
                case SessionEffect.Setting setting -> {
                    if (!setting.local()) {
                        set(setting, run.text(i), run, leg, status, control);
                    }
                }
                case SessionEffect.ResetAll(var discardAll) -> reset(discardAll, run, leg, status);
                case SessionEffect.Deallocate(var name) -> {
                    if (run.hasFailed()) {
                        leg.unsure(name); // it may have come before the error
                    } else {
                        deallocate(name, leg);
                    }
                }
                case SessionEffect.End(var commit) -> {
                    ended = true; // AND CHAIN begins the next one
                    committed |= commit;
                }
                case SessionEffect.Savepoint(var rollback) -> {
                    if (rollback && !inTransaction.isEmpty()) {
                        pin("a setting was changed under a savepoint");
                    }
                }
                case SessionEffect.Pins(var kind, var name, var reason) -> pins.add(kind, name, reason);
                case SessionEffect.Unpins(var kind, var name) -> {
                    if (status == TransactionStatus.IDLE && !control && !run.hasFailed()) {
                        pins.remove(kind, name);
                    }
                }
                case SessionEffect.Prepare _ -> pin("PREPARE"); // EXPLAIN EXECUTE and the protocol's Close mean it, too
                case SessionEffect.None _, SessionEffect.Begin _, SessionEffect.Execute _ -> {}
            }
        }
        if (ended) {
            endTransaction(leg, committed && !failedBefore, run.hasFailed()); // COMMIT rolls a failed one back
        }
    }

    private void endTransaction(Leg leg, boolean committed, boolean runFailed) {
        if (committed && !inTransaction.isEmpty()) {
            if (runFailed) {
                pin("a setting was changed in a transaction of which it is not known how it ended");
            } else {
                inTransaction.forEach(setting -> journal.changed(setting.name, setting.sql));
                leg.settingsApplied(journal.sequence());
            }
        }
        inTransaction.clear();
    }

    private void set(
            SessionEffect.Setting setting, byte[] sql, Run run, Leg leg, TransactionStatus status, boolean control) {
        if (control) {
            pin("setting " + setting.name() + " was changed in one batch with transaction commands");
        } else if (!SettingsJournal.mirrors(setting)) {
            if (setting.value() != null || status != TransactionStatus.IDLE || run.hasFailed()) {
                pins.add(Kind.SETTING, setting.name(), "setting " + setting.name() + " is not mirrored");
            } else {
                pins.remove(Kind.SETTING, setting.name()); // as it was at login, and as it is on the other leg
            }
        } else if (run.hasFailed()) {
            return;
        } else if (status == TransactionStatus.IDLE) {
            pins.remove(Kind.SETTING, setting.name());
            journal.changed(setting.name(), sql);
            leg.settingsApplied(journal.sequence());
        } else {
            inTransaction.add(new PendingSetting(setting.name(), sql));
        }
    }

    private void reset(boolean discardAll, Run run, Leg leg, TransactionStatus status) {
        if (run.hasFailed()) {
            return;
        }
        if (status != TransactionStatus.IDLE) {
            pin("settings were reset in a transaction");
            return;
        }
        journal.reset();
        leg.settingsApplied(journal.sequence());
        if (discardAll) {
            pins.clear();
            deallocate(null, leg);
        }
    }

    private void deallocate(@Nullable String name, Leg leg) {
        names.deallocate(name);
        if (name == null) {
            leg.forgetsAll();
        } else {
            leg.forgets(name);
        }
    }

    private void unsure(String name) {
        if (active != null) {
            active.unsureOf(name);
        }
    }

    private static void tellLost(Run run) {
        Run.RunListener listener = run.listener();
        if (listener != null) {
            listener.lost(run);
        }
    }
}
