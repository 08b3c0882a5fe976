package io.holdfast.proxy.approval;

import java.time.Instant;

/**
 * Where a backup of the primary is brought back to, if a released statement is to be undone: taken right before it ran.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">Recovery Target</a>
 */
public sealed interface RestorePoint {
    /**
     * A restore point in the write-ahead log.
     *
     * @param name for {@code recovery_target_name}
     * @param lsn where it ends, as PostgreSQL prints it
     * @param at the server's clock
     */
    record Named(String name, String lsn, Instant at) implements RestorePoint {}

    /**
     * A place in the write-ahead log without a name.
     *
     * @param lsn where the next record begins, as PostgreSQL prints it
     * @param at the server's clock
     * @param why it has no name
     */
    record Position(String lsn, Instant at, String why) implements RestorePoint {}

    /**
     * Nothing was got.
     *
     * @param why in a few words
     */
    record None(String why) implements RestorePoint {}

    /** For people and meters: {@code named}, {@code position} or {@code none}. */
    default String kind() {
        return switch (this) {
            case Named named -> "named";
            case Position position -> "position";
            case None none -> "none";
        };
    }

    /**
     * What to do to undo the statement, in a line. A target by name is always replayed itself, and stands before whatever comes next; one
     * by LSN would let the record that begins there run, too, unless it is exclusive.
     */
    default String undo() {
        return switch (this) {
            case Named(var name, var lsn, var at) ->
                "restore a backup to restore point " + name + " (recovery_target_name), or to " + exclusive(lsn, at);
            case Position(var lsn, var at, var why) ->
                "restore a backup to " + exclusive(lsn, at) + "; no restore point: " + why;
            case None(var why) -> "no restore point and no LSN: " + why + "; the audit has the time of the release";
        };
    }

    private static String exclusive(String lsn, Instant at) {
        return "LSN " + lsn + " (recovery_target_lsn, with recovery_target_inclusive = off), " + at
                + " by the server's clock";
    }
}
