package io.holdfast.proxy.impact;

import java.util.List;

/** Sessions that have, or wait for, locks on the primary that conflict with those of the statement. */
public sealed interface InTheWay {
    /**
     * Looked for.
     *
     * @param blockers those that have waited or worked longest first
     * @param more besides these
     */
    record Sessions(List<Blocker> blockers, int more) implements InTheWay {
        public Sessions {
            blockers = List.copyOf(blockers);
        }

        /** How many in all. */
        public int count() {
            return blockers.size() + more;
        }
    }

    /**
     * Not looked for.
     *
     * @param why for people
     */
    record Unknown(String why) implements InTheWay {}

    /** The same without what the sessions run. */
    default InTheWay withoutQueries() {
        return switch (this) {
            case Sessions(var blockers, var more) ->
                new Sessions(blockers.stream().map(Blocker::withoutQuery).toList(), more);
            case Unknown _ -> this;
        };
    }
}
