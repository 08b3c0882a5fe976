package io.holdfast.proxy.session;

/** Passages that many transcripts have in common, on a session whose only server is the primary. */
final class Talk {
    static final String HELD = """
            C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
            """;

    static final String APPROVED = """
            @  approve by cy
            C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
            @  approve by di
            """;

    private Talk() {}

    static String begun() {
        return ran("begin", "BEGIN", 'T');
    }

    /** A query that is forwarded to the primary and answered. */
    static String ran(String sql, String tag, char status) {
        return """
                C> Query "%1$s"
                P> Query "%1$s"
                P< CommandComplete "%2$s"
                P< ReadyForQuery %3$s
                C< CommandComplete "%2$s"
                C< ReadyForQuery %3$s
                """.formatted(sql, tag, status);
    }

    /** A query that is forwarded to the primary and fails in a transaction. */
    static String failed(String sql) {
        return """
                C> Query "%1$s"
                P> Query "%1$s"
                P< ErrorResponse S "ERROR" C "22012" M "division by zero"
                P< ReadyForQuery E
                C< ErrorResponse S "ERROR" C "22012" M "division by zero"
                C< ReadyForQuery E
                """.formatted(sql);
    }

    /** A query that the follower answers. */
    static String readOnFollower(String sql) {
        return """
                C> Query "%1$s"
                R> Query "%1$s"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """.formatted(sql);
    }

    /** The poison of a refused unit that ended with something that is answered by ReadyForQuery. */
    static String poisoned(char status, String error) {
        return """
                P> Execute "holdfast_refused" 0
                P> Flush
                P> Sync
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                P< ReadyForQuery %s
                C< ErrorResponse S "ERROR" %s
                C< ReadyForQuery %s
                """.formatted(status, error, status);
    }
}
