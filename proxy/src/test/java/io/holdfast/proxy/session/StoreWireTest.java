package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** What clients see of a control store that is slow or away. */
class StoreWireTest {
    private static final String UNAVAILABLE = """
            C< ErrorResponse S "ERROR" C "PW011" M "statement needs approval, and the control store is not available"
            C< ReadyForQuery I
            """;

    private final Wire primary = wire().withoutFollower();

    @Test
    void withoutAStoreWhatWouldBeHeldIsRefusedAndEverythingElseGoesOn() {
        primary.plays("""
                @  store down
                C> Query "truncate t"
                """ + UNAVAILABLE + ran("select 1", "SELECT 1", 'I')
                + ran("insert into t values (1)", "INSERT 0 1", 'I') + """
                @  store up
                C> Query "truncate t"
                """ + HELD);
    }

    @Test
    void whatWaitsGoesOnWaitingAndItsClientHearsOfIt() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  store down
                @  time 19S
                @  time 1S
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                @  store up
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                P> Query "truncate t"
                """);
    }

    @Test
    void aClaimWhoseAnswerIsLostRunsNothing() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  store slow
                @  approve by di
                @  store loses
                @  store answers
                """ + UNAVAILABLE + """
                @  store up
                @  hold is failed
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void anOpeningWhoseAnswerIsLostLeavesNothingThatCouldBeApproved() {
        primary.plays("""
                @  store loses
                C> Query "truncate t"
                """ + UNAVAILABLE + """
                @  store up
                @  hold is withdrawn
                """);
    }

    @Test
    void aClientThatCancelsBeforeTheStoreHasAnsweredIsAnsweredAtOnceAndItsHoldIsWithdrawn() {
        primary.plays("""
                @  store slow
                C> Query "truncate t"
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  store answers
                @  hold is withdrawn
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aClientThatGoesBeforeTheStoreHasAnsweredLeavesNothing() {
        primary.plays("""
                @  store slow
                C> Query "truncate t"
                @  client gone
                P> Closed
                @  store answers
                @  hold is withdrawn
                """);
    }

    @Test
    void aClientThatCancelsWhileItsHoldIsClaimedRunsNothing() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  store slow
                @  approve by di
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  store answers
                @  hold is failed
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aClientThatGoesWhileItsHoldIsClaimedRunsNothing() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  store slow
                @  approve by di
                @  client gone
                P> Closed
                @  store answers
                @  hold is failed
                """);
    }

    @Test
    void aClientWhoseProxyWasTakenForGoneIsToldThatNothingRuns() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  store buries
                """ + UNAVAILABLE + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aReleasedStatementThatEndsWhileTheStoreIsAwayIsReportedWhenItIsBack() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                P> Query "truncate t"
                @  store down
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery I
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery I
                @  store up
                @  hold is executed
                """);
    }
}
