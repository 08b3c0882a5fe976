package io.holdfast.proxy.ci;

import java.time.Duration;

/**
 * What people are told of a job that was turned away: once when it begins, and how often it was when it is over.
 *
 * @param first its first refusal
 * @param count refusals so far, at least 1
 * @param lasted from the first refusal to the latest
 * @param over whether the job is over, as far as can be told
 */
public record Announcement(Refusal first, int count, Duration lasted, boolean over) {
    /** One line: who, from where, why, and how often. */
    public String text() {
        Caller caller = first.caller();
        String who = first.recognition() == null ? "A connection" : "CI";
        String line = who + " was kept away from database \"" + caller.database() + "\": user \"" + caller.user()
                + "\" from " + caller.address().getAddress().getHostAddress()
                + (caller.application().isEmpty() ? "" : " with \"" + caller.application() + '"') + ". "
                + first.objection().report().message() + '.';
        String detail = first.objection().report().detail();
        if (over) {
            return line + " In all " + count + " times within " + lasted.toSeconds() + " s.";
        }
        return detail == null ? line : line + ' ' + detail;
    }
}
