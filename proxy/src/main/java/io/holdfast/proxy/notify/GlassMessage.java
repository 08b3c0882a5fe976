package io.holdfast.proxy.notify;

import com.slack.api.model.block.LayoutBlock;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Vote;
import java.util.ArrayList;
import java.util.List;

/**
 * One person has released a statement alone. Not in the hold's thread, where who is not looking would miss it, but in the channel, to
 * everybody there. Nothing can be clicked. Pure.
 */
final class GlassMessage {
    private static final int REASON_CHARS = 1_100;
    private static final String EVERYBODY = "<!channel>";

    private GlassMessage() {}

    static SlackMessage of(HoldView hold, Wording wording) {
        Vote vote =
                hold.brokenBy().orElseThrow(() -> new IllegalArgumentException("nobody has broken it: " + hold.id()));
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Kit.header("GLASS BROKEN: " + hold.id() + " was released by one person"));
        blocks.add(Kit.section(EVERYBODY + " " + HoldWords.vote(vote) + "\nAsked for by " + HoldMessage.subject(hold)
                + "; it needed " + hold.approvalsNeeded() + ", and had " + others(hold) + " besides."));
        blocks.add(Kit.section("*Why*: " + SlackText.words(String.valueOf(vote.reason()), REASON_CHARS)));
        blocks.add(Kit.section(LinesMessage.statement(hold, wording)));
        blocks.add(Kit.context("It runs, or has run, without anybody else. All of it: " + wording.whereAll(hold.id())));
        return new SlackMessage(EVERYBODY + " GLASS BROKEN: " + HoldMessage.inShort(hold), blocks);
    }

    private static long others(HoldView hold) {
        String alone = hold.brokenBy().map(Vote::person).orElse("");
        return hold.votes().stream()
                .filter(Vote::approves)
                .map(Vote::person)
                .filter(person -> !person.equals(alone))
                .distinct()
                .count();
    }
}
