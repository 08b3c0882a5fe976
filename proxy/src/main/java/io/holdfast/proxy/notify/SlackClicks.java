package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.Visible;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what people click, if they may; a refusal is told to that person only. Blocks as the hold service does. */
final class SlackClicks {
    private static final Logger log = LoggerFactory.getLogger(SlackClicks.class);

    private final HoldService holds;
    private final SlackPeople people;
    private final SlackBoard board;
    private final Replies replies;

    SlackClicks(HoldService holds, SlackPeople people, SlackBoard board, Replies replies) {
        this.holds = holds;
        this.people = people;
        this.board = board;
        this.replies = replies;
    }

    void handle(Click click) throws InterruptedException {
        try {
            judge(click);
        } catch (RuntimeException e) {
            log.error(
                    "A click on {} in Slack could not be handled.",
                    click.value().id(),
                    e);
            replies.tell(click, "Something went wrong in Holdfast; look whether it was counted, and try again.");
        }
    }

    private void judge(Click click) throws InterruptedException {
        Optional<Person> who = people.byId(click.slackUser());
        if (who.isEmpty()) {
            log.warn(
                    "A click in Slack by {}, whom nobody has configured, is refused.", Visible.name(click.slackUser()));
            replies.tell(
                    click,
                    "Not counted: your Slack id " + SlackText.name(click.slackUser())
                            + " belongs to nobody in Holdfast's configuration.");
            return;
        }
        Optional<HoldView> hold = holds.find(click.value().id());
        if (hold.isEmpty()) {
            replies.tell(click, "Not counted: " + click.value().id() + " is not known any more.");
        } else if (!click.value().isOf(hold.get())) {
            replies.tell(
                    click,
                    "Not counted: this message is about an older hold, whose id "
                            + click.value().id() + " has come again since.");
        } else {
            act(click, who.get(), hold.get());
        }
    }

    private void act(Click click, Person who, HoldView hold) throws InterruptedException {
        switch (click.action()) {
            case Actions.APPROVE -> answer(click, holds.approve(hold.id(), who, Channel.SLACK, click.reason()));
            case Actions.DENY -> answer(click, holds.deny(hold.id(), who, Channel.SLACK, click.reason()));
            case Actions.CANCEL -> answer(click, holds.cancel(hold.id(), who, Channel.SLACK, click.reason()));
            case Actions.SHOW -> board.wanted(hold);
            default -> replies.tell(click, "Not counted: this button is not known here.");
        }
    }

    private void answer(Click click, Decision decision) throws InterruptedException {
        switch (decision) {
            case Decision.Accepted accepted -> opens(click, 0);
            case Decision.Refused(var why, var message) -> {
                replies.tell(click, "Not counted: " + message + '.');
                if (why == Decision.Reason.NOT_WAITING || why == Decision.Reason.NOT_RUNNING) { // it still has buttons
                    opens(click, 1);
                }
            }
        }
    }

    /** The click lets us bring the message up to date, with what is true by now. */
    private void opens(Click click, int used) {
        URI responseUrl = click.responseUrl();
        if (responseUrl != null) {
            holds.find(click.value().id()).ifPresent(hold -> board.clicked(hold, responseUrl, click.ts(), used));
        }
    }
}
