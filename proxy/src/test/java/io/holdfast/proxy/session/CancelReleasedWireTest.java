package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.APPROVED;
import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** An approver ends a released statement, and never anything else of its session. */
class CancelReleasedWireTest {
    private static final String RUNNING = "C> Query \"truncate t\"\n" + HELD + APPROVED + "P> Query \"truncate t\"\n";

    private static final String CANCELLED = """
            P< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
            P< ReadyForQuery I
            C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
            C< ReadyForQuery I
            @  hold is failed
            """;

    private static final String TRUNCATED = """
            P< CommandComplete "TRUNCATE TABLE"
            P< ReadyForQuery I
            C< CommandComplete "TRUNCATE TABLE"
            C< ReadyForQuery I
            @  hold is executed
            """;

    private static final String TOLD = """
            C< NoticeResponse M "H-1 is being cancelled by cy"
            """;

    private final Wire primary = wire().withoutFollower();

    @Test
    void theServerIsAskedAndItsErrorIsTheClients() {
        primary.plays(RUNNING + """
                @  cancel by cy
                P> Cancel
                """ + TOLD + CANCELLED + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void whatWasSentBehindGoesToTheServerOnlyWhenItIsAnswered() {
        primary.plays(RUNNING + """
                C> Query "select 1"
                @  cancel by cy
                P> Cancel
                """ + TOLD + """
                P< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                P> Query "select 1"
                @  hold is failed
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void nothingIsSentWhileACancelThatCameTooLateIsUnderWay() {
        primary.plays(RUNNING + """
                @  cancel slow
                @  cancel by cy
                P> Cancel
                """ + TOLD + TRUNCATED + """
                C> Query "select 1"
                @  time 3s
                @  cancel arrives
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aCancelThatTheServerDidNotNoticeIsRepeatedWhileTheStatementRuns() {
        primary.plays(RUNNING + """
                @  cancel by cy
                P> Cancel
                """ + TOLD + """
                @  time 1s
                P> Cancel
                """ + CANCELLED + """
                @  time 5s
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void whatHasNotBeenSentYetNeverIs() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  restore point slow
                """ + APPROVED + """
                @  hold is released
                @  cancel by cy
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  hold is failed
                @  restore point answers
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void inATransactionItFailsAndStaysOpen() {
        primary.plays(Talk.begun() + "C> Query \"truncate t\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                @  cancel by cy
                P> Cancel
                """ + TOLD + """
                P< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                P< ReadyForQuery E
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery E
                @  hold is failed
                """
                + ran("rollback", "ROLLBACK", 'I'));
    }

    @Test
    void whatComesBehindInAnOpenUnitIsNotCancelledForIt() {
        primary.plays("""
                C> Parse "" "truncate t" []
                C> Bind "" "" [] [] []
                C> Execute "" 0
                C> Flush
                """ + HELD + APPROVED + """
                P> Parse "" "truncate t" []
                P> Bind "" "" [] [] []
                P> Execute "" 0
                P> Flush
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "TRUNCATE TABLE"
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "TRUNCATE TABLE"
                C> Sync
                P> Sync
                @  cancel by cy
                P< ReadyForQuery I
                C< ReadyForQuery I
                @  hold is executed
                """);
    }

    @Test
    void theClientIsToldOfALockBetweenTwoFrames() {
        primary.plays(RUNNING + """
                @  alarm
                C< NoticeResponse M "H-1 waits for a lock for 12s"
                """ + TRUNCATED + """
                @  alarm
                """ + ran("select 1", "SELECT 1", 'I'));
    }
}
