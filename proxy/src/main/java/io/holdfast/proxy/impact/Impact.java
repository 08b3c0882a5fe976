package io.holdfast.proxy.impact;

import java.time.Instant;
import java.util.List;

/** What is known of a hold's impact. */
public sealed interface Impact {
    /** Somebody is at it; to be asked for again. */
    record Pending() implements Impact {}

    /**
     * Nobody has measured it, or will.
     *
     * @param why for people
     */
    record None(String why) implements Impact {}

    /**
     * As it was at one moment.
     *
     * @param at wall clock, when measuring began
     * @param statements in order, as many as the text has
     * @param inTheWay of all of them
     */
    record Measured(Instant at, List<StatementImpact> statements, InTheWay inTheWay) implements Impact {
        public Measured {
            statements = List.copyOf(statements);
        }
    }

    /** For those who may see the hold, and not what other sessions do. */
    default Impact withoutOthers() {
        return switch (this) {
            case Pending _, None _ -> this;
            case Measured(var at, var statements, var inTheWay) ->
                new Measured(at, statements, inTheWay.withoutQueries());
        };
    }
}
