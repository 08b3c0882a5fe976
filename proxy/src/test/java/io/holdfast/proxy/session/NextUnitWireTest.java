package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.APPROVED;
import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** What was found out about a unit that did not run is not taken for an answer about the next one. */
class NextUnitWireTest {
    /** Approved, and taken back before anything of it was sent. */
    private static final String TAKEN_BACK = HELD + """
            @  restore point slow
            """ + APPROVED + """
            @  cancel
            C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
            C< ReadyForQuery I
            @  restore point answers
            """;

    private static final String TAKEN_FOR_A_STATEMENT = """
            C> Query "selec 1"
            P> Parse "" "selec 1"
            P> Sync
            P< ParseComplete
            P< ReadyForQuery I
            """;

    private static final String TYPO = """
            C> Query "selec 2"
            P> Parse "" "selec 2"
            P> Sync
            P< ErrorResponse S "ERROR" C "42601" M "syntax error" P "1"
            P< ReadyForQuery I
            C< ErrorResponse S "ERROR" C "42601" M "syntax error" P "1"
            C< ReadyForQuery I
            """;

    private static final String SEVEN = "[1] [\"\\x00\\x00\\x00\\x07\"]";

    private final Wire primary = wire().withoutFollower();

    /** Bound in binary format, of a type that the server is asked for. */
    private static String update(String table) {
        return """
                C> Parse "" "update %1$s set a = $1"
                C> Bind "" "" %2$s []
                C> Execute "" 0
                C> Sync
                """.formatted(table, SEVEN);
    }

    private static String asked(String table) {
        return """
                P> Parse "holdfast_types" "update %1$s set a = $1"
                P> Describe S "holdfast_types"
                P> Close S "holdfast_types"
                P> Sync
                P< ParseComplete
                P< ParameterDescription [23]
                P< NoData
                P< CloseComplete
                P< ReadyForQuery I
                """.formatted(table);
    }

    private static String describedOnTheFollower(String name) {
        return """
                C> Parse "%1$s" "select * from %1$s"
                C> Describe S "%1$s"
                C> Sync
                R> Parse "%1$s" "select * from %1$s"
                R> Describe S "%1$s"
                R> Sync
                R< ParseComplete
                R< ParameterDescription []
                R< RowDescription ["a"]
                R< ReadyForQuery I
                C< ParseComplete
                C< ParameterDescription []
                C< RowDescription ["a"]
                C< ReadyForQuery I
                """.formatted(name);
    }

    private static String comparedOnThePrimary(String name) {
        return """
                P> Parse "%1$s" "select * from %1$s"
                P> Describe S "%1$s"
                P> Sync
                P< ParseComplete
                P< ParameterDescription []
                P< RowDescription ["a"]
                P< ReadyForQuery I
                """.formatted(name);
    }

    @Test
    void aTypoBehindACancelledStatementIsStillATypo() {
        primary.plays(TAKEN_FOR_A_STATEMENT + TAKEN_BACK + TYPO);
    }

    @Test
    void aTypoBehindAStatementThatTheAuditStoppedIsStillATypo() {
        primary.plays(TAKEN_FOR_A_STATEMENT + HELD + """
                @  audit fails
                """ + APPROVED + """
                C< ErrorResponse S "ERROR" C "PW007"
                C< ReadyForQuery I
                """ + TYPO);
    }

    @Test
    void typesAreAskedForAgainBehindACancelledStatement() {
        primary.plays(update("t") + asked("t") + TAKEN_BACK + update("u") + asked("u") + """
                C< NoticeResponse M "held as H-2: needs 2 approvals, 0 so far"
                @  values $1 = 7
                """);
    }

    @Test
    void rowsAreComparedAgainBehindACancelledStatement() {
        wire().plays(describedOnTheFollower("s") + describedOnTheFollower("z") + """
                C> Bind "" "s"
                C> Execute "" 0
                """ + update("t") + "P> Connect\n"
                + comparedOnThePrimary("s") + asked("t") + TAKEN_BACK + """
                @  follower down
                C> Bind "" "z"
                C> Execute "" 0
                C> Sync
                """ + comparedOnThePrimary("z") + """
                P> Bind "" "z"
                P> Execute "" 0
                P> Sync
                """);
    }
}
