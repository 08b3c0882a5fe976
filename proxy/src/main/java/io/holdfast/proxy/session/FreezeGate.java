package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.statement.StatementClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a freeze means for the units of one session. Where nothing is frozen, it costs one volatile read. */
final class FreezeGate {
    static final String RULE = "freeze";
    static final String HINT = "It runs after THAW; Ctrl-C gives it up. Reads still work.";

    /** Between two looks whether a unit that waits may go on. */
    static final int LOOK_MILLIS = 200;

    private final FreezeService freezes;
    private final String database;
    private final Conversation conversation;
    private final long noticeNanos;
    private boolean waits;
    private long noticed;

    FreezeGate(FreezeService freezes, String database, Conversation conversation, Duration noticeInterval) {
        this.freezes = freezes;
        this.database = database;
        this.conversation = conversation;
        this.noticeNanos = noticeInterval.toNanos();
    }

    /**
     * The freeze that stops a unit; null: none does. A transaction that has written may finish: waiting or failing now would keep its
     * locks or undo what was allowed.
     */
    @Nullable
    Freeze stops(Unit unit) {
        Freeze freeze = unit.statementClass().compareTo(StatementClass.SESSION) > 0
                ? freezes.now().of(database)
                : null;
        if (freeze == null || (conversation.inTransaction() && conversation.work() == Conversation.Work.WROTE)) {
            waits = false;
            return null;
        }
        return freeze;
    }

    /** Whether a stopped unit waits for the thaw; one in a transaction would keep what that has locked. */
    boolean waits(Freeze freeze) {
        return freeze.mode() == FreezeMode.WAIT && !conversation.inTransaction();
    }

    /** Whether it is time to tell the client that it waits; if so, it is taken for told. */
    boolean isNoticeDue(long nanos) {
        boolean due = !waits || nanos - noticed >= noticeNanos;
        if (due) {
            waits = true;
            noticed = nanos;
        }
        return due;
    }

    static ErrorReport refusal(Freeze freeze) {
        return ProxyError.FROZEN.report().withDetail(detail(freeze));
    }

    static String notice(Freeze freeze) {
        return "writes are frozen, this one waits: " + detail(freeze);
    }

    /** Who froze what, and why. */
    static String detail(Freeze freeze) {
        return freeze.scope() + ", by " + freeze.person() + ": " + freeze.reason();
    }
}
