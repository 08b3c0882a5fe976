package io.holdfast.proxy.cli;

import io.holdfast.proxy.session.Forecast;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;

/** Counts what decides on the exit code, and tells people of it. */
final class CheckTally {
    private final List<FailOn> failOn;
    private final PrintWriter err;
    private int units;
    private int reached;
    private boolean unreadable;
    private boolean turnedAway;

    CheckTally(List<FailOn> failOn, PrintWriter err) {
        this.failOn = failOn;
        this.err = err;
    }

    void count(Forecast forecast) {
        units++;
        if (failOn.stream().anyMatch(what -> what.isReachedBy(forecast))) {
            reached++;
        }
    }

    /** The client would not get in at all. */
    void turnedAway(String why) {
        turnedAway = true;
        err.println("holdfast check: " + why);
    }

    /** Something else to know. */
    void note(String what) {
        err.println("holdfast check: " + what);
    }

    /** Something that should have been checked was not. */
    void unreadable(String problem) {
        unreadable = true;
        err.println("holdfast check: " + problem);
    }

    void unreadable(String name, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "may not be read";
            default -> "cannot be read: " + (e.getMessage() == null ? e : e.getMessage());
        };
        unreadable(name + ": " + why);
    }

    boolean hasUnreadable() {
        return unreadable;
    }

    boolean hasReached() {
        return reached > 0 || (turnedAway && failOn.stream().anyMatch(FailOn::isReachedByTurningAway));
    }

    /** Says why the exit code will be what it is. */
    void sum() {
        if (reached > 0) {
            String what = failOn.stream().map(FailOn::toString).distinct().collect(Collectors.joining(" or "));
            err.println("holdfast check: %d of %d reach --fail-on %s".formatted(reached, units, what));
        }
        err.flush();
    }
}
