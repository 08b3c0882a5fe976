package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.LockWords;
import io.holdfast.proxy.audit.SecretRedactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a released statement waits for, and who is in the way; names and queries are visible in full, without secrets. Pure. */
public final class LockRows {
    private LockRows() {}

    /** All that is known, in a line; empty: it is not known to wait, or does not run. */
    public static Optional<String> line(HoldView hold) {
        return Optional.ofNullable(hold.supervision().locks()).map(report -> Visible.name(LockWords.of(report)));
    }

    /** {@code waits for a lock for 42s}; empty: no alarm says so. */
    public static Optional<String> inShort(HoldView hold) {
        return Optional.ofNullable(hold.supervision().locks())
                .map(LockReport::waiting)
                .map(LockWords::inShort);
    }

    /** Names and values for a sheet. */
    static List<List<@Nullable String>> of(HoldView hold) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        LockReport report = hold.supervision().locks();
        if (report == null) {
            return rows;
        }
        switch (report) {
            case LockReport.Waiting waiting -> waiting(waiting, rows);
            case LockReport.Unknown(var why, var last) -> {
                rows.add(List.of("locks", "not known: " + Visible.name(why)));
                if (last != null) {
                    waiting(last, rows);
                }
            }
        }
        return rows;
    }

    private static void waiting(LockReport.Waiting waiting, List<List<@Nullable String>> rows) {
        rows.add(List.of("waits for", Visible.name(waiting.lock())));
        rows.add(List.of("waits since", Times.text(waiting.since()) + ", for " + Times.text(waiting.waited())));
        for (Blocker blocker : waiting.blockers()) {
            rows.add(List.of("blocked by", Visible.name(LockWords.blocker(blocker))));
            if (!blocker.query().isEmpty()) {
                String query =
                        Visible.text(SecretRedactor.redactSql(blocker.query()).replace('\n', ' '));
                rows.add(List.of("its last query", query));
            }
        }
        if (waiting.blockers().isEmpty()) {
            rows.add(List.of("blocked by", LockWords.blockers(waiting)));
        }
        if (waiting.unlisted() > 0) {
            rows.add(List.of("blocked by", waiting.unlisted() + " more"));
        }
    }
}
