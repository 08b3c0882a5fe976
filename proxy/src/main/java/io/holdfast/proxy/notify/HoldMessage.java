package io.holdfast.proxy.notify;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.ButtonElement;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.Times;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.List;

/** One hold in Slack, with buttons as long as it can be decided. Pure. */
final class HoldMessage {
    private static final int FACTS_CHARS = 1_000;
    private static final int SETTINGS_CHARS = 600;
    private static final int VOTES_CHARS = 800;
    private static final int WORDS_CHARS = 300;
    private static final int CONFIRMATION_NAME_CHARS = 60;

    private final HoldView hold;
    private final HoldRequest request;
    private final Wording wording;
    private final HoldText text;
    private final List<LayoutBlock> blocks = new ArrayList<>();

    private HoldMessage(HoldView hold, Wording wording) {
        this.hold = hold;
        this.request = hold.request();
        this.wording = wording;
        this.text = HoldText.of(request, wording.maskLiterals());
    }

    static SlackMessage of(HoldView hold, Wording wording) {
        HoldMessage message = new HoldMessage(hold, wording);
        message.blocks.add(Kit.header(hold.id() + " " + HoldWords.standing(hold)));
        message.remarks();
        message.requester();
        message.facts();
        message.text();
        message.decisions();
        if (hold.state() == HoldState.WAITING) {
            message.buttons();
        } else if (hold.isCancellable()) {
            AlarmMessage.button(hold, message.blocks);
        }
        message.blocks.add(Kit.context("All of it: " + wording.whereAll(hold.id())));
        return new SlackMessage(inShort(hold), message.blocks);
    }

    /** One line as markup, for notifications on a telephone. */
    static String inShort(HoldView hold) {
        return hold.id() + " " + HoldWords.standing(hold) + ": " + subject(hold);
    }

    /** Who wants what, as markup. */
    static String subject(HoldView hold) {
        HoldRequest request = hold.request();
        return who(request) + ", " + SlackText.name(command(request)) + " in " + SlackText.name(request.database());
    }

    /** What must be known before anything else; whoever recognises a pattern in a hold says so here. */
    private void remarks() {
        List<String> remarks = new ArrayList<>();
        if (request.looksLike() != null) {
            remarks.add("*This looks like* " + SlackText.words(request.looksLike(), WORDS_CHARS) + '.');
        }
        remarks.addAll(text.remarks());
        if (!text.isWhole()) {
            remarks.add("*Not all of the statement is shown here*: " + text.left() + " characters are left out. See "
                    + wording.whereAll(hold.id()) + '.');
        }
        if (!remarks.isEmpty()) {
            blocks.add(Kit.section(SlackText.lines(remarks, Kit.SECTION_CHARS)));
        }
    }

    private void requester() {
        List<String> fields = new ArrayList<>();
        fields.add("*Who*\n" + who(request));
        fields.add("*From*\n" + SlackText.name(request.address()));
        if (request.certificate() != null) {
            fields.add("*Certificate*\n" + SlackText.name(request.certificate()));
        }
        fields.add("*Application*\n" + SlackText.name(request.application()));
        fields.add("*Database*\n" + SlackText.name(request.database()));
        fields.add("*Class*\n" + HoldWords.danger(request.statementClass()));
        fields.add("*Rule*\n" + SlackText.name(request.rule()));
        fields.add("*Needs*\n" + terms());
        if (hold.deadline() != null) {
            fields.add("*" + deadline() + "*\n" + HoldWords.time(hold.deadline()));
        }
        fields.add("*Session*\n" + SlackText.name(request.session()));
        blocks.add(Kit.fields(fields));
    }

    private static String who(HoldRequest request) {
        String user = "user " + SlackText.name(request.user());
        return request.person() == null ? user : SlackText.name(request.person()) + " as " + user;
    }

    private String terms() {
        return switch (hold.terms()) {
            case HoldTerms.People people ->
                people.approvals() + (people.approvals() == 1 ? " person" : " different persons") + " within "
                        + Times.text(people.timeout());
            case HoldTerms.Delayed delayed -> "nobody who denies it within " + Times.text(delayed.delay());
        };
    }

    private String deadline() {
        boolean runs = hold.state() == HoldState.WAITING && hold.terms() instanceof HoldTerms.Delayed;
        return runs ? "Runs" : "Expires";
    }

    private void facts() {
        List<String> lines = new ArrayList<>();
        for (StatementFacts facts : request.facts()) {
            lines.add(SlackText.name(facts.command()) + " " + SlackText.words(facts.reason(), WORDS_CHARS)
                    + (facts.relations().isEmpty()
                            ? ""
                            : ", tables " + SlackText.value(String.valueOf(facts.relations()), WORDS_CHARS)));
        }
        String impact = wording.impact(hold);
        if (!impact.isEmpty()) {
            lines.addFirst("*Touches* " + impact);
        }
        if (!lines.isEmpty()) {
            blocks.add(Kit.section(SlackText.lines(lines, FACTS_CHARS)));
        }
    }

    private void text() {
        text.pages().forEach(page -> blocks.add(Kit.section(SlackText.fenced(page))));
        if (!text.values().isEmpty()) {
            blocks.add(Kit.section("*Values*\n" + text.values()));
        }
        List<String> settings = new ArrayList<>();
        request.settings()
                .forEach((name, value) ->
                        settings.add(SlackText.name(name) + " = " + SlackText.value(value, WORDS_CHARS)));
        if (!settings.isEmpty()) {
            blocks.add(Kit.context("Settings: " + SlackText.lines(settings, SETTINGS_CHARS)));
        }
    }

    private void decisions() {
        List<String> votes = hold.votes().stream().map(HoldWords::vote).toList();
        if (!votes.isEmpty()) {
            blocks.add(Kit.context(SlackText.lines(votes, VOTES_CHARS)));
        }
        blocks.add(Kit.section("*" + hold.id() + "*: " + HoldWords.news(hold, wording)));
    }

    private void buttons() {
        String value = ButtonValue.of(hold).text();
        blocks.add(Kit.input(
                Actions.REASON_BLOCK, Actions.REASON, "Reason, for the audit", HoldLimits.DEFAULT.reasonChars()));
        ButtonElement approve = Kit.button(Actions.APPROVE, "Approve", value);
        approve.setStyle("primary");
        approve.setConfirm(Kit.confirmation("Approve " + hold.id() + '?', confirmation(), "Approve"));
        ButtonElement deny = Kit.button(Actions.DENY, "Deny", value);
        deny.setStyle("danger");
        blocks.add(Kit.actions(approve, deny));
    }

    private String confirmation() {
        String what = shortName(request.user()) + ": " + shortName(command(request)) + " in "
                + shortName(request.database()) + ".";
        return text.isWhole() ? what : what + " Not all of it is shown here.";
    }

    /** Of the first statement, which stands for all. */
    private static String command(HoldRequest request) {
        int count = request.facts().size();
        return count == 0
                ? "statement"
                : request.facts().getFirst().command() + (count == 1 ? "" : " and " + (count - 1) + " more");
    }

    private static String shortName(String name) {
        String visible = Visible.name(name);
        return visible.length() <= CONFIRMATION_NAME_CHARS
                ? visible
                : visible.substring(0, CONFIRMATION_NAME_CHARS) + "...";
    }
}
