package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/**
 * What a statement does to the state of its session, as far as the proxy must follow it. Names of prepared statements are
 * byte-exact (each char one byte, ISO 8859-1), because SQL and protocol share one namespace that PostgreSQL compares bytewise.
 */
public sealed interface SessionEffect {
    /** Nothing that needs following. */
    record None() implements SessionEffect {}

    /**
     * BEGIN, START TRANSACTION.
     *
     * @param readOnly READ ONLY was said, and not SERIALIZABLE, which no standby offers
     */
    record Begin(boolean readOnly) implements SessionEffect {}

    /** COMMIT, END, ROLLBACK, ABORT, PREPARE TRANSACTION: the transaction block ends (or chains). */
    record End(boolean commit) implements SessionEffect {}

    /** SAVEPOINT, RELEASE, ROLLBACK TO. */
    record Savepoint(boolean rollback) implements SessionEffect {}

    /**
     * SET name = value, SET TIME ZONE, SET NAMES, SET ROLE (name {@code role}), SET SESSION AUTHORIZATION (name
     * {@code session_authorization}), SET SCHEMA, SET SESSION CHARACTERISTICS, set_config() with constants.
     *
     * @param name lower case setting name
     * @param value decoded value, list elements joined by {@code ", "}, those of a search path in quotes where needed; null: DEFAULT or
     *     RESET
     * @param local SET LOCAL, SET TRANSACTION: ends with the transaction
     */
    record Setting(String name, @Nullable String value, boolean local) implements SessionEffect {}

    /** RESET ALL, and as a part of DISCARD ALL. */
    record ResetAll(boolean discardAll) implements SessionEffect {}

    /** PREPARE; {@code prepared} is what a later EXECUTE will run. */
    record Prepare(String name, StatementFacts prepared) implements SessionEffect {}

    /** EXECUTE; its class is that of what the name stands for at that moment. */
    record Execute(String name) implements SessionEffect {}

    /**
     * DEALLOCATE.
     *
     * @param name null: ALL
     */
    record Deallocate(@Nullable String name) implements SessionEffect {}

    /** What a session may leave on a server, as far as it can be given up again. */
    enum Kind {
        /** A lock, or the place of a sequence: something that a function leaves, and no setting. */
        CALL,
        CURSOR,
        LISTEN,
        SETTING,
        TEMPORARY,
        /** Settings are not as any text says. */
        OTHER
    }

    /**
     * Leaves state on the server that reads on the follower would not see: a temporary table, set_config() with an expression.
     *
     * @param name of a cursor or channel; else empty
     * @param reason shown by SHOW holdfast.session, lower case
     */
    record Pins(Kind kind, String name, String reason) implements SessionEffect {
        Pins(String reason) {
            this(Kind.OTHER, reason, reason);
        }
    }

    /**
     * Gives such state up: CLOSE, UNLISTEN, DISCARD TEMP.
     *
     * @param name null: all of the kind
     */
    record Unpins(Kind kind, @Nullable String name) implements SessionEffect {}
}
