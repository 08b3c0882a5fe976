package io.holdfast.proxy.audit;

import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.LockWords;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the audit notes of a hold besides what it has fields for. Pure. */
final class HoldNotes {
    private HoldNotes() {}

    /** Why it was withdrawn, or who has cancelled it; null: neither. */
    static @Nullable String of(HoldView view) {
        Cancellation cancellation = view.supervision().cancellation();
        if (cancellation == null) {
            return view.note();
        }
        return view.note() == null ? cancelled(cancellation) : cancelled(cancellation) + "; " + view.note();
    }

    private static String cancelled(Cancellation cancellation) {
        return "cancelled by " + cancellation.person() + " ("
                + cancellation.channel().name().toLowerCase(Locale.ROOT) + ')'
                + (cancellation.reason() == null ? "" : ": " + cancellation.reason());
    }

    /** What it waits for, and what those in the way have sent last; null: nothing is known. */
    static @Nullable String locks(HoldView view) {
        LockReport report = view.supervision().locks();
        LockReport.Waiting waiting = report == null ? null : report.waiting();
        if (report == null || waiting == null) {
            return null;
        }
        return LockWords.of(report)
                + waiting.blockers().stream()
                        .filter(blocker -> !blocker.query().isEmpty())
                        .map(HoldNotes::query)
                        .collect(Collectors.joining());
    }

    private static String query(Blocker blocker) {
        return "; pid " + blocker.processId() + ": " + SecretRedactor.redactSql(blocker.query());
    }
}
