package io.holdfast.proxy.guard;

import io.holdfast.proxy.targets.Finding;
import io.holdfast.proxy.targets.View;

/** A finding and what was decided on it. */
public record Judged(Finding finding, Verdict verdict) {
    public boolean passes() {
        return switch (verdict) {
            case Verdict.Local local -> true;
            case Verdict.NotAsked notAsked -> true;
            case Verdict.Refused refused -> false;
        };
    }

    /** One line for people. */
    public String line() {
        String head = finding.label() + "  " + finding.shown();
        return switch (verdict) {
            case Verdict.Local(var why) -> head + "  local: " + why;
            case Verdict.NotAsked(var why) -> finding.label() + "  not looked at: " + why;
            case Verdict.Refused(var why, var mend, var presence) ->
                head + "  REFUSED: " + why + ". " + mend + advice(finding.view());
        };
    }

    /** Whoever loads the files before the guard has no such case. */
    private static String advice(View view) {
        return view.leftOut().isEmpty()
                ? ""
                : " Whether the command loads " + view.leftOut()
                        + " cannot be seen from here; if it does, load it before the guard, too.";
    }

    boolean mayPassLater() {
        return switch (verdict) {
            case Verdict.Local local -> false;
            case Verdict.NotAsked notAsked -> false;
            case Verdict.Refused refused -> refused.mayPassLater();
        };
    }
}
