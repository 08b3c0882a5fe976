package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Actor;
import io.holdfast.proxy.approval.Easing;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeAnswer;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.console.ConsoleResult.Failed;
import io.holdfast.proxy.console.ConsoleResult.Rows;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FREEZE, THAW and SHOW FREEZE. */
record FreezeConsole(FreezeService freezes) {
    private static final List<String> COLUMNS =
            List.of("scope", "writes", "person", "reason", "since", "thaw_asked_by", "milder_asked_by");

    ConsoleResult show() {
        freezes.catchUp();
        List<List<@Nullable String>> rows =
                freezes.now().freezes().stream().map(FreezeConsole::row).toList();
        return new Rows(COLUMNS, rows, "SHOW");
    }

    ConsoleResult freeze(ConsoleCommand.Freeze command, Actor who) {
        return answer(freezes.freeze(who, command.mode(), command.database(), command.reason()), "FREEZE");
    }

    ConsoleResult thaw(Actor who, @Nullable String database) {
        return answer(freezes.thaw(who, database), "THAW");
    }

    private static ConsoleResult answer(FreezeAnswer answer, String tag) {
        return switch (answer) {
            case FreezeAnswer.Frozen(var freeze) -> state(freeze, "frozen", tag);
            case FreezeAnswer.OneMore(var freeze) -> state(freeze, "frozen, another person must ask for the thaw", tag);
            case FreezeAnswer.OneMoreToEase(var freeze) ->
                state(freeze, "frozen as before, another person must ask for the milder freeze", tag);
            case FreezeAnswer.Thawed(var freeze) -> state(freeze, "thawed", tag);
            case FreezeAnswer.Refused(var reason, var message) -> new Failed(refusal(reason, message));
        };
    }

    private static ErrorReport refusal(FreezeAnswer.Reason reason, String message) {
        return switch (reason) {
            case NOT_APPROVER -> ProxyError.NOT_PERMITTED.report(message);
            case NOT_FROZEN, ALREADY_SAID_BY_YOU, ALREADY_EASED_BY_YOU ->
                ProxyError.OBJECT_NOT_IN_STATE.report(message).withHint("SHOW FREEZE tells what is frozen.");
            case NO_REASON -> ProxyError.SYNTAX_ERROR.report("end of input").withDetail(message);
            case NOT_A_DATABASE -> ProxyError.SYNTAX_ERROR.report("the name").withDetail(message);
            case REASON_TOO_LONG -> ProxyError.VALUE_TOO_LONG.report(message);
        };
    }

    private static ConsoleResult state(Freeze freeze, String state, String tag) {
        return new Rows(List.of("scope", "state"), List.of(List.of(Visible.name(freeze.scope()), state)), tag);
    }

    private static List<@Nullable String> row(Freeze freeze) {
        return List.of(
                Visible.name(freeze.scope()),
                switch (freeze.mode()) {
                    case REFUSE -> "refused";
                    case WAIT -> "wait";
                    case NOW -> "refused, running ones were ended";
                },
                Visible.name(freeze.person()),
                Visible.name(freeze.reason()),
                Times.text(freeze.since()),
                Visible.name(String.join(", ", freeze.thaws())),
                easing(freeze.easing()));
    }

    private static String easing(@Nullable Easing easing) {
        return easing == null
                ? ""
                : Visible.name(String.join(", ", easing.persons())) + ": "
                        + easing.mode().label();
    }
}
