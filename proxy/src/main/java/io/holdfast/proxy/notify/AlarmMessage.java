package io.holdfast.proxy.notify;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.ButtonElement;
import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.LockWords;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.statement.LiteralMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A released statement that waits for a lock, with a button that ends it; or that it waits no longer. Pure. */
final class AlarmMessage {
    private static final int NAME_CHARS = 200;
    private static final int QUERY_CHARS = 300;

    private AlarmMessage() {}

    /** Whether the message is that it waits. */
    static boolean isRaised(HoldView hold) {
        return waiting(hold) != null;
    }

    static SlackMessage of(HoldView hold, Wording wording) {
        LockReport.Waiting waiting = waiting(hold);
        if (waiting == null) {
            String over = "*" + hold.id() + "* does not wait for a lock any more: " + HoldWords.news(hold, wording);
            return new SlackMessage(
                    hold.id() + " does not wait for a lock any more: " + HoldWords.standing(hold),
                    List.of(Kit.section(over)));
        }
        String title = hold.id() + " " + LockWords.inShort(waiting);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Kit.header(title));
        blocks.add(Kit.section(HoldMessage.subject(hold) + " waits for " + SlackText.words(waiting.lock(), NAME_CHARS)
                + ", and whoever comes behind it may wait, too.\n" + blockers(waiting, wording)));
        if (hold.isCancellable()) {
            button(hold, blocks);
        }
        blocks.add(Kit.context(
                "Whoever is in the way does work of their own, so talk to them; there is no button for that. All of it: "
                        + wording.whereAll(hold.id())));
        return new SlackMessage(title + ": " + HoldMessage.subject(hold), blocks);
    }

    /** What ends a statement that runs, and the reason that goes with it. */
    static void button(HoldView hold, List<LayoutBlock> blocks) {
        blocks.add(Kit.input(
                Actions.REASON_BLOCK, Actions.REASON, "Reason, for the audit", HoldLimits.DEFAULT.reasonChars()));
        ButtonElement cancel = Kit.button(
                Actions.CANCEL, "Cancel the statement", ButtonValue.of(hold).text());
        cancel.setStyle("danger");
        blocks.add(Kit.actions(cancel));
    }

    private static LockReport.@Nullable Waiting waiting(HoldView hold) {
        LockReport report = hold.supervision().locks();
        return report == null || hold.state() != HoldState.RELEASED ? null : report.waiting();
    }

    private static String blockers(LockReport.Waiting waiting, Wording wording) {
        List<String> lines = new ArrayList<>();
        for (Blocker blocker : waiting.blockers()) {
            lines.add("blocked by " + SlackText.words(LockWords.blocker(blocker), NAME_CHARS)
                    + (blocker.query().isEmpty() ? "" : ": " + query(blocker, wording)));
        }
        if (lines.isEmpty()) {
            lines.add("blocked by " + LockWords.blockers(waiting));
        }
        if (waiting.unlisted() > 0) {
            lines.add("and by " + waiting.unlisted() + " more");
        }
        return String.join("\n", lines);
    }

    private static String query(Blocker blocker, Wording wording) {
        String sql = blocker.query();
        String masked = wording.maskLiterals() ? LiteralMask.of(sql) : sql;
        return SlackText.value(SecretRedactor.redactSql(masked).replace('\n', ' '), QUERY_CHARS);
    }
}
