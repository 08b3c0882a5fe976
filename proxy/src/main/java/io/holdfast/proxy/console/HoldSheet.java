package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SHOW HOLD: everything an approver must see, as names and values that are visible in full. Pure. */
public final class HoldSheet {
    static final List<String> COLUMNS = List.of("field", "value");

    /** What the sheet is made of, in this order. */
    public enum Part {
        STANDING,
        REQUESTER,
        STATEMENTS,
        /** What was measured on the servers. */
        IMPACT,
        /** Length, warnings, identity. */
        ABOUT_TEXT,
        TEXT,
        VALUES,
        DECISIONS
    }

    private final HoldView hold;
    private final HoldRequest request;
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    private HoldSheet(HoldView hold) {
        this.hold = hold;
        this.request = hold.request();
    }

    static List<List<@Nullable String>> of(HoldView hold, Known known) {
        HoldSheet sheet = new HoldSheet(hold);
        for (Part part : Part.values()) {
            sheet.add(part, known);
        }
        return sheet.rows;
    }

    /** One part: pairs of a name and its value, which is null where there is none. */
    public static List<List<@Nullable String>> part(Part part, HoldView hold, Known known) {
        HoldSheet sheet = new HoldSheet(hold);
        sheet.add(part, known);
        return sheet.rows;
    }

    /** For those who may not see text and values, nor what is known of them. */
    static List<List<@Nullable String>> withoutText(HoldView hold) {
        HoldSheet sheet = new HoldSheet(hold);
        sheet.standing();
        sheet.requester();
        sheet.add("text", Labels.INSUFFICIENT_PRIVILEGE);
        sheet.decisions();
        return sheet.rows;
    }

    private void add(Part part, Known known) {
        switch (part) {
            case STANDING -> standing();
            case REQUESTER -> requester();
            case STATEMENTS -> {
                statements();
                rows.addAll(InsightRows.of(known.insight()));
            }
            case IMPACT -> rows.addAll(ImpactRows.of(known.impact()));
            case ABOUT_TEXT -> aboutText();
            case TEXT -> text();
            case VALUES -> values();
            case DECISIONS -> decisions();
        }
    }

    private void standing() {
        add("hold", hold.id().text());
        add("state", hold.state().label());
        add("approvals", HoldRows.approvals(hold));
        hold.brokenBy().ifPresent(vote -> add("released alone by", Visible.name(vote.person())));
        add(
                "terms",
                switch (hold.terms()) {
                    case HoldTerms.People(int approvals, var timeout, var clientWait) ->
                        approvals + " different persons within " + Times.text(timeout);
                    case HoldTerms.Delayed(var delay) -> "runs after " + Times.text(delay) + " unless denied";
                });
        add("client", hold.clientWaits() ? "waits" : "does not wait");
        add("opened", Times.text(hold.opened()));
        if (hold.deadline() != null) {
            add("deadline", Times.text(hold.deadline()));
            add("expires in", Times.text(hold.remaining()));
        }
        rows.addAll(LockRows.of(hold));
    }

    private void requester() {
        add("user", Visible.name(request.user()));
        add("person", request.person() == null ? null : Visible.name(request.person()));
        add("database", Visible.name(request.database()));
        add("application", Visible.name(request.application()));
        add("address", request.address());
        if (request.certificate() != null) {
            add("certificate", Visible.name(request.certificate()));
        }
        add("session", request.session());
        request.settings().forEach((name, value) -> add("setting " + Visible.name(name), Visible.text(value)));
        add("class", Labels.of(request.statementClass()));
        add("rule", Visible.name(request.rule()));
    }

    private void statements() {
        int number = 1;
        for (StatementFacts facts : request.facts()) {
            String name = "statement " + number++;
            add(name, facts.command() + ": " + facts.reason());
            if (facts.where() != WhereClause.NOT_APPLICABLE) {
                add(name + " where", Labels.of(facts.where()));
            }
            addNames(name + " tables", facts.relations());
            addNames(name + " functions", facts.functions());
            addNames(name + " opaque", facts.opaque());
        }
    }

    private void aboutText() {
        String redacted = SecretRedactor.redactSql(request.text());
        add("length", request.text().length() + " characters");
        if (request.looksLike() != null) {
            add("warning", "looks like " + Visible.name(request.looksLike()));
        }
        long hidden = Visible.hiddenIn(redacted);
        if (hidden > 0) {
            add("warning", hidden + " characters are not printable ASCII; they stand as <U+...>");
        }
        if (!redacted.contains(SecretRedactor.REDACTED)) {
            add("fingerprint", request.fingerprint().sha256()); // of a text with a secret, it would help to guess it
        } else {
            add("warning", "secrets are not shown");
        }
    }

    private void text() {
        List<TextLines.Line> lines = lines(hold);
        for (TextLines.Line line : lines) {
            add(lines.size() == 1 ? "text" : "text " + line.number(), line.text());
        }
    }

    /** Every line of the text, without secrets; the numbers show that none is missing. */
    public static List<TextLines.Line> lines(HoldView hold) {
        return TextLines.of(SecretRedactor.redactSql(hold.request().text()));
    }

    private void values() {
        for (BoundValue value : request.values()) {
            String text = value.text();
            add(label(value), text == null ? null : Visible.text(SecretRedactor.redactValue(text)));
        }
    }

    /** {@code value $1}, or {@code statement 2 value $1} where there are several. */
    private String label(BoundValue value) {
        String name = "value $" + value.parameter();
        return request.facts().size() <= 1 ? name : "statement " + value.statement() + ' ' + name;
    }

    private void decisions() {
        for (Vote vote : hold.votes()) {
            String reason = vote.reason() == null ? "" : ": " + Visible.name(vote.reason());
            add(
                    switch (vote.kind()) {
                        case APPROVE -> "approved by";
                        case DENY -> "denied by";
                        case BREAK_GLASS -> "GLASS BROKEN by";
                    },
                    Visible.name(vote.person()) + " at " + Times.text(vote.at()) + " (" + Labels.of(vote.channel())
                            + ')' + reason);
        }
        if (hold.note() != null) {
            add("note", Visible.name(hold.note()));
        }
        cancelled(hold).ifPresent(who -> add("cancelled by", who));
        undo(hold).ifPresent(undo -> add("to undo", undo));
        if (hold.outcome() != null) {
            add("outcome", outcome(hold.outcome()));
        }
    }

    /** Who has ended it while it ran, in a line; empty: nobody. */
    public static Optional<String> cancelled(HoldView hold) {
        return Optional.ofNullable(hold.supervision().cancellation())
                .map(who -> Visible.name(who.person()) + " at " + Times.text(who.at()) + " (" + Labels.of(who.channel())
                        + ')'
                        + (who.reason() == null ? "" : ": " + Visible.name(who.reason()))
                        + (hold.state() == HoldState.EXECUTED ? "; too late, it was done" : ""));
    }

    /** How to undo it, in a line; empty: it has not run, or that is not known yet. */
    public static Optional<String> undo(HoldView hold) {
        return Optional.ofNullable(hold.restorePoint()).map(point -> Visible.name(point.undo()));
    }

    /** In a line. */
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed(var tag, var duration) -> Visible.name(tag) + " after " + Times.text(duration);
            case Outcome.Failed(var sqlstate, var message, var duration) ->
                "error " + sqlstate + " after " + Times.text(duration) + ": "
                        + Visible.name(SecretRedactor.redactMessage(message));
            case Outcome.Unknown() -> "unknown: the connection was lost, it may have taken effect";
        };
    }

    private void addNames(String field, List<?> names) {
        if (!names.isEmpty()) {
            add(field, Visible.text(names.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
    }

    private void add(String field, @Nullable String value) {
        rows.add(Arrays.asList(field, value));
    }
}
