package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.APPROVED;
import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** A released statement runs behind its restore point, and whatever becomes of that. */
class RestorePointWireTest {
    private static final String TRUNCATED = """
            P> Query "truncate t"
            P< CommandComplete "TRUNCATE TABLE"
            P< ReadyForQuery I
            C< CommandComplete "TRUNCATE TABLE"
            C< ReadyForQuery I
            @  hold is executed
            """;

    private final Wire primary = wire().withoutFollower();

    @Test
    void nothingReachesThePrimaryBeforeTheRestorePointIsSet() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  restore point slow
                """ + APPROVED + """
                @  hold is released
                @  undo by nothing
                @  restore point answers
                """ + TRUNCATED + """
                @  undo by name
                """);
    }

    @Test
    void itIsKnownWhileTheStatementRuns() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                @  hold is released
                @  undo by name
                """);
    }

    @Test
    void withoutARestorePointTheClientIsToldAndTheStatementRuns() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  restore point slow
                """ + APPROVED + """
                @  restore point missing
                C< NoticeResponse M "no restore point was set before H-1: no answer within 2000 ms"
                """ + TRUNCATED);
    }

    @Test
    void aClientThatCancelsMeanwhileIsAnsweredAtOnceAndNothingRuns() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  restore point slow
                """ + APPROVED + """
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  hold is failed
                @  restore point answers
                @  undo by nothing
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void ofAClientThatGoesMeanwhileNothingRuns() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  restore point slow
                """ + APPROVED + """
                @  client gone
                P> Closed
                @  hold is failed
                @  restore point answers
                @  undo by nothing
                """);
    }

    @Test
    void anOutcomeThatTheStoreHearsOfLaterComesBehindTheRestorePoint() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + APPROVED.replace("@  approve by di", """
                @  restore point slow
                @  approve by di
                @  store slow
                @  restore point answers""") + """
                P> Query "truncate t"
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery I
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery I
                @  hold is released
                @  store answers
                @  hold is executed
                @  undo by name
                """);
    }
}
