package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.FreezeMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person asks of the console. */
sealed interface ConsoleCommand {
    record ShowHolds() implements ConsoleCommand {}

    /** The id as typed. */
    record ShowHold(String id) implements ConsoleCommand {}

    /**
     * APPROVE or DENY.
     *
     * @param ids as typed, at least one
     * @param reason null: none given
     */
    record Decide(
            boolean approves, List<String> ids, @Nullable String reason) implements ConsoleCommand {}

    /**
     * BREAK GLASS.
     *
     * @param id as typed
     * @param reason null: none given
     */
    record BreakGlass(String id, @Nullable String reason) implements ConsoleCommand {}

    /**
     * CANCEL.
     *
     * @param id as typed
     * @param reason null: none given
     */
    record Cancel(String id, @Nullable String reason) implements ConsoleCommand {}

    record ShowFreeze() implements ConsoleCommand {}

    /**
     * FREEZE.
     *
     * @param database null: all
     * @param reason null: none given
     */
    record Freeze(
            FreezeMode mode,
            @Nullable String database,
            @Nullable String reason) implements ConsoleCommand {}

    /**
     * THAW.
     *
     * @param database null: what is frozen in all
     */
    record Thaw(@Nullable String database) implements ConsoleCommand {}

    record ShowSessions() implements ConsoleCommand {}

    record ShowFollowers() implements ConsoleCommand {}

    record ShowStats() implements ConsoleCommand {}

    record ShowVersion() implements ConsoleCommand {}

    record Help() implements ConsoleCommand {}

    /** {@code SELECT 1}: a tool asks whether anybody is there. */
    record Ping() implements ConsoleCommand {}

    /**
     * What tools send by habit; it has no effect here.
     *
     * @param tag of the answer; empty for an empty query
     */
    record Nothing(String tag) implements ConsoleCommand {}
}
