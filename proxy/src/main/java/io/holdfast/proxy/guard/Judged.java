package io.holdfast.proxy.guard;

import io.holdfast.proxy.targets.Finding;

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
        String head = finding.name() + "  " + finding.shown();
        return switch (verdict) {
            case Verdict.Local(var why) -> head + "  local: " + why;
            case Verdict.NotAsked(var why) -> finding.name() + "  not looked at: " + why;
            case Verdict.Refused(var why, var mend, var presence) -> head + "  REFUSED: " + why + ". " + mend;
        };
    }

    boolean mayPassLater() {
        return switch (verdict) {
            case Verdict.Local local -> false;
            case Verdict.NotAsked notAsked -> false;
            case Verdict.Refused refused -> refused.mayPassLater();
        };
    }
}
