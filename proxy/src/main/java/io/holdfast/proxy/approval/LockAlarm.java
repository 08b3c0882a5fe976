package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.LockReport.Unknown;
import io.holdfast.proxy.approval.LockReport.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Of one released statement: what is said of its waits for locks, and when again. Of one thread. */
final class LockAlarm {
    /** What others are told of a report. */
    enum Telling {
        /** It says nothing new. */
        NOTHING,
        /** Pages show it. */
        QUIETLY,
        /** A wait has lasted too long. */
        RAISED,
        /** It still lasts. */
        RENEWED,
        /** It is over, and the statement runs. */
        OVER
    }

    /** Until people are reminded; each further time after twice as long. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Between two looks whose difference pages are to show. */
    static final Duration QUIET_PAUSE = Duration.ofSeconds(5);

    /** Also looked at by who counts alarms. */
    private volatile @Nullable Waiting raised;

    private @Nullable LockReport known;
    private long toldNanos;
    private long knownNanos;
    private Duration pause = FIRST_PAUSE;

    /** The wait that there is an alarm of; null: there is none. */
    @Nullable
    Waiting raised() {
        return raised;
    }

    /** @param report null: it waits for nothing that is worth an alarm */
    Telling next(@Nullable LockReport report, long nanos) {
        Telling telling = switch (report) {
            case null -> raised != null ? Telling.OVER : known == null ? Telling.NOTHING : Telling.QUIETLY;
            case Unknown unknown -> unknown.equals(known) ? Telling.NOTHING : Telling.QUIETLY;
            case Waiting waiting -> judge(waiting, nanos);
        };
        switch (telling) {
            case NOTHING -> {}
            case QUIETLY -> knows(report, nanos);
            case RAISED -> {
                pause = FIRST_PAUSE;
                tells(report, nanos);
            }
            case RENEWED -> {
                pause = longer(pause);
                tells(report, nanos);
            }
            case OVER -> tells(null, nanos);
        }
        return telling;
    }

    private Telling judge(Waiting waiting, long nanos) {
        Waiting before = raised;
        if (before == null || !before.isSameAs(waiting)) {
            return Telling.RAISED;
        }
        if (nanos - toldNanos >= pause.toNanos()) {
            return Telling.RENEWED;
        }
        boolean changed = !(known instanceof Waiting shown) || shown.differsIn(waiting);
        return changed && nanos - knownNanos >= QUIET_PAUSE.toNanos() ? Telling.QUIETLY : Telling.NOTHING;
    }

    private void tells(@Nullable LockReport report, long nanos) {
        raised = report == null ? null : report.waiting();
        toldNanos = nanos;
        knows(report, nanos);
    }

    private void knows(@Nullable LockReport report, long nanos) {
        known = report;
        knownNanos = nanos;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
