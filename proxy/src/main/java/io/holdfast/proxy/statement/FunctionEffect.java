package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/** What calling a built-in function, or one of a well-known extension, can do. */
enum FunctionEffect {
    /** May run on the follower: immutable, stable, or volatile and reviewed. */
    HARMLESS(StatementClass.READ, "only reads"),
    /** Needs the server that takes writes: sequences, advisory locks, transaction ids, large objects, notifications. */
    PRIMARY(StatementClass.WRITE, "needs the primary"),
    /** As {@link #PRIMARY}, and leaves a lock behind that belongs to the session. */
    SESSION_LOCK(StatementClass.WRITE, "takes or frees a lock of the session"),
    /** Changes what later calls in this session answer. */
    SESSION_STATE(StatementClass.SESSION, "changes the session"),
    /** Changes a setting. */
    SETS(StatementClass.SESSION, "changes a setting"),
    /** Starts, stops, reloads, resets; ends other sessions; replication slots and origins; reads server files. */
    CONTROL(StatementClass.ADMIN, "controls the server"),
    /** Writes server files, promotes, drops, consumes; what it does cannot be taken back. */
    IRREVERSIBLE(StatementClass.DESTRUCTIVE, "cannot be undone"),
    /** Runs SQL that it is given as text, or a portal by its name, here or on another server. */
    RUNS_SQL(StatementClass.DESTRUCTIVE, "runs SQL that this text does not show");

    private final StatementClass statementClass;
    private final String words;

    FunctionEffect(StatementClass statementClass, String words) {
        this.statementClass = statementClass;
        this.words = words;
    }

    /** Of a built-in; null, for a function that is none, is not. */
    static boolean isMoreThanReading(@Nullable FunctionEffect effect) {
        return effect != null && effect != HARMLESS;
    }

    StatementClass statementClass() {
        return statementClass;
    }

    /** For people, behind the function's name and "which". */
    String words() {
        return words;
    }
}
