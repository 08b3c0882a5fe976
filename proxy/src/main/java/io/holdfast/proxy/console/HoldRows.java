package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.audit.SecretRedactor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW HOLDS: one line each. Pure. */
public final class HoldRows {
    static final List<String> COLUMNS = List.of(
            "id",
            "state",
            "approvals",
            "user",
            "person",
            "database",
            "class",
            "waiting_since",
            "expires_in",
            "statement");

    private static final int SHOWN = 80;

    private HoldRows() {}

    static List<@Nullable String> row(HoldView hold, boolean mayRead) {
        return Arrays.asList(
                hold.id().text(),
                state(hold),
                approvals(hold),
                Visible.name(hold.request().user()),
                hold.request().person() == null
                        ? null
                        : Visible.name(hold.request().person()),
                Visible.name(hold.request().database()),
                Labels.of(hold.request().statementClass()),
                Times.text(hold.opened()),
                hold.deadline() == null ? null : Times.text(hold.remaining()),
                mayRead ? shortened(hold.request().text()) : Labels.INSUFFICIENT_PRIVILEGE);
    }

    /** {@code released}, or {@code released, waits for a lock for 42s}. */
    static String state(HoldView hold) {
        return LockRows.inShort(hold)
                .map(waits -> hold.state().label() + ", " + waits)
                .orElse(hold.state().label());
    }

    /** {@code 1 of 2}. */
    public static String approvals(HoldView hold) {
        return hold.approvals() + " of " + hold.approvalsNeeded();
    }

    /** One line that says so where it does not show all. */
    static String shortened(String sql) {
        return shortened(sql, SHOWN);
    }

    /** The same in at most so many characters, and the words that say so. */
    public static String shortened(String sql, int most) {
        String whole = Visible.text(SecretRedactor.redactSql(sql).replace('\n', ' '));
        return whole.length() <= most
                ? whole
                : whole.substring(0, most) + "... (" + most + " of " + whole.length() + " characters)";
    }
}
