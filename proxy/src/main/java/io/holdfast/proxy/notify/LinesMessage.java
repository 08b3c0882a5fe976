package io.holdfast.proxy.notify;

import com.slack.api.model.block.LayoutBlock;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.statement.LiteralMask;
import java.util.ArrayList;
import java.util.List;

/** Several holds in one message, a few lines each. Nobody should approve what is not shown, so there are no such buttons. Pure. */
final class LinesMessage {
    /** Of one message; Slack takes 50 blocks, and about 12,000 characters. */
    static final int MOST = 15;

    private static final int TEXT_CHARS = 200;

    private LinesMessage() {}

    /**
     * Many at once, each with a button that posts it by itself while it waits.
     *
     * @param holds at most {@link #MOST}
     */
    static SlackMessage summary(List<HoldView> holds, Wording wording) {
        String title = holds.size() + " statements are held at once";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Kit.header(title));
        for (HoldView hold : holds) {
            String line = HoldMessage.inShort(hold) + '\n' + statement(hold, wording);
            blocks.add(
                    hold.state() == HoldState.WAITING
                            ? Kit.section(
                                    line,
                                    Kit.button(
                                            Actions.SHOW,
                                            "Show " + hold.id(),
                                            ButtonValue.of(hold).text()))
                            : Kit.section(line));
        }
        blocks.add(
                Kit.context("Show posts one of them with all of it and with buttons; so does `SHOW HOLDS` in database"
                        + " `holdfast`, without buttons."));
        return new SlackMessage(title, blocks);
    }

    /**
     * What has become of holds whose messages cannot be changed.
     *
     * @param holds at most {@link #MOST}
     */
    static SlackMessage news(List<HoldView> holds, Wording wording) {
        List<String> lines = holds.stream()
                .map(hold -> "*" + hold.id() + "*: " + HoldWords.news(hold, wording) + " (" + HoldMessage.subject(hold)
                        + ')')
                .toList();
        String text = holds.size() == 1 ? HoldMessage.inShort(holds.getFirst()) : holds.size() + " holds have changed";
        return new SlackMessage(text, lines.stream().map(Kit::section).toList());
    }

    /** Its beginning; says so where it is not all. */
    static String statement(HoldView hold, Wording wording) {
        String sql = hold.request().text();
        String masked = wording.maskLiterals() ? LiteralMask.of(sql) : sql;
        String line = Visible.text(SecretRedactor.redactSql(masked).replace('\n', ' '));
        return SlackText.shown(line, TEXT_CHARS);
    }
}
