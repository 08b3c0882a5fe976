package io.holdfast.proxy.session;

import io.holdfast.proxy.ci.CleanerReader;
import io.holdfast.proxy.ci.CleanerSignature;
import io.holdfast.proxy.ci.CleanerStep;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a session's last units a cleaner could have sent, so that the one that is held can be called by its name. An ordinary unit costs
 * a reference. Of one event loop.
 */
final class CleanerWatch {
    private static final int MOST = 64;

    /** A program does not pause for so long, and a person does; what a unit itself waits for does not count. */
    private static final long BURST_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Set<String> LISTS = Set.of(
            "pg_class", "pg_tables", "pg_views", "pg_namespace", "pg_type", "pg_proc", "tables", "views", "sequences");

    private final ArrayDeque<CleanerStep> recent = new ArrayDeque<>(0);
    private long lastNanos;
    private boolean waiting;
    private List<StatementFacts> last = List.of();

    /** The unit was sent, or refused for whatever reason. */
    void passed(Unit unit, long nanos) {
        last = unit.executed();
        if (unit.statementClass().compareTo(StatementClass.ADMIN) >= 0) {
            if (!waiting) {
                forget(nanos);
            }
            waiting = false;
            for (CleanerStep step : steps(unit)) {
                if (recent.size() == MOST) {
                    recent.removeFirst();
                }
                recent.addLast(step);
            }
            lastNanos = nanos;
        }
    }

    /** What a unit that is about to be held looks like; empty: nothing in particular. */
    Optional<String> looksLike(Unit unit, String application, long nanos) {
        forget(nanos);
        waiting = true;
        var circumstances =
                new CleanerSignature.Circumstances(application, last.stream().anyMatch(CleanerWatch::listsTables));
        return CleanerSignature.of(steps(unit), List.copyOf(recent), circumstances);
    }

    private void forget(long nanos) {
        if (nanos - lastNanos > BURST_NANOS) {
            recent.clear();
        }
    }

    private static List<CleanerStep> steps(Unit unit) {
        List<CleanerStep> steps = new ArrayList<>();
        for (int i = 0; i < unit.executed().size() && steps.size() < MOST; i++) {
            CleanerReader.read(unit.executed().get(i), unit.texts().get(i)).ifPresent(steps::add);
        }
        return steps;
    }

    private static boolean listsTables(StatementFacts facts) {
        return facts.relations().stream().map(RelationName::name).anyMatch(LISTS::contains);
    }
}
