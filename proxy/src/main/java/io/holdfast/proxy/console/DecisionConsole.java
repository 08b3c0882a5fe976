package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.ManyDecisions;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.ConsoleResult.Failed;
import io.holdfast.proxy.console.ConsoleResult.Rows;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** APPROVE and DENY, of one hold or several, and BREAK GLASS. */
record DecisionConsole(HoldService holds) {
    private static final List<String> ONE = List.of("hold", "state", "approvals");
    private static final List<String> SEVERAL = List.of("hold", "state", "approvals", "answer");

    ConsoleResult decide(ConsoleCommand.Decide command, Person who) {
        String tag = command.approves() ? "APPROVE" : "DENY";
        Function<HoldId, Decision> decide = id -> command.approves()
                ? holds.approve(id, who, Channel.CONSOLE, command.reason())
                : holds.deny(id, who, Channel.CONSOLE, command.reason());
        return command.ids().size() == 1
                ? one(command.ids().getFirst(), decide, tag)
                : several(command.ids(), decide, tag);
    }

    ConsoleResult breakGlass(ConsoleCommand.BreakGlass command, Person who) {
        return one(command.id(), id -> holds.breakGlass(id, who, Channel.CONSOLE, command.reason()), "BREAK GLASS");
    }

    ConsoleResult cancel(ConsoleCommand.Cancel command, Person who) {
        return one(command.id(), id -> holds.cancel(id, who, Channel.CONSOLE, command.reason()), "CANCEL");
    }

    private static ConsoleResult one(String typed, Function<HoldId, Decision> decide, String tag) {
        Optional<HoldId> id = HoldId.parse(typed);
        if (id.isEmpty()) {
            return undefined(typed);
        }
        return switch (decide.apply(id.get())) {
            case Decision.Accepted(var hold) -> new Rows(ONE, List.of(row(hold)), tag);
            case Decision.Refused(var reason, var message) -> new Failed(refusal(reason, message, typed));
        };
    }

    /** A row for each; an error only if none was counted, so that a script notices. */
    private static ConsoleResult several(List<String> typed, Function<HoldId, Decision> decide, String tag) {
        if (typed.size() > ManyDecisions.MOST) {
            return new Failed(ProxyError.SYNTAX_ERROR
                    .report(Visible.name(typed.get(ManyDecisions.MOST)))
                    .withDetail(
                            "At most " + ManyDecisions.MOST + " holds are decided in one go; nothing was decided."));
        }
        List<ManyDecisions.One> answers = ManyDecisions.of(typed, decide);
        if (answers.stream().allMatch(answer -> answer.counted().isEmpty())) {
            return new Failed(ProxyError.OBJECT_NOT_IN_STATE
                    .report("none of the " + answers.size() + " decisions was counted")
                    .withDetail(answers.stream()
                            .map(answer -> Visible.name(answer.typed()) + ": " + answer.why())
                            .collect(Collectors.joining("; "))));
        }
        return new Rows(SEVERAL, answers.stream().map(DecisionConsole::row).toList(), tag);
    }

    private static List<@Nullable String> row(ManyDecisions.One answer) {
        return answer.counted()
                .<List<@Nullable String>>map(
                        hold -> List.of(hold.id().text(), hold.state().label(), HoldRows.approvals(hold), "counted"))
                .orElseGet(
                        () -> Arrays.asList(Visible.name(answer.typed()), null, null, "not counted: " + answer.why()));
    }

    private static List<@Nullable String> row(HoldView hold) {
        return List.of(hold.id().text(), hold.state().label(), HoldRows.approvals(hold));
    }

    private static ErrorReport refusal(Decision.Reason reason, String message, String typed) {
        return switch (reason) {
            case UNKNOWN_HOLD -> ProxyError.UNDEFINED_HOLD.report(Visible.name(typed));
            case NOT_APPROVER, OWN_REQUEST, NOT_GLASS_BREAKER -> ProxyError.NOT_PERMITTED.report(message);
            case ALREADY_DECIDED_BY_YOU, NOT_WAITING, NOT_RUNNING -> ProxyError.OBJECT_NOT_IN_STATE.report(message);
            case WRITES_FROZEN ->
                ProxyError.OBJECT_NOT_IN_STATE.report(message).withHint("SHOW FREEZE tells what is frozen.");
            case GLASS_TOO_OFTEN ->
                ProxyError.OBJECT_NOT_IN_STATE
                        .report(message)
                        .withHint("Have two other persons approve it, or come again within the hour.");
            case NO_REASON -> ProxyError.SYNTAX_ERROR.report("the reason").withDetail(message);
            case REASON_TOO_LONG -> ProxyError.VALUE_TOO_LONG.report(message);
        };
    }

    private static ConsoleResult undefined(String typed) {
        return new Failed(ProxyError.UNDEFINED_HOLD.report(Visible.name(typed)));
    }
}
