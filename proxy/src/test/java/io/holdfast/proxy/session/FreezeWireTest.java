package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.poisoned;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

class FreezeWireTest {
    private static final String FROZEN =
            "C< ErrorResponse S \"ERROR\" C \"PW005\" M \"writes are frozen\" D \"all databases, by cy: the disk is full\"\n";
    private static final String IDLE = "C< ReadyForQuery I\n";
    private static final String WAITS =
            "C< NoticeResponse M \"writes are frozen, this one waits: all databases, by cy: the disk is full\"\n";

    private final Wire primary = wire().withoutFollower();

    @Test
    void writesAreRefusedAndReadsAndSettingsGoOnUntilTheThaw() {
        primary.plays("@  freeze refuse\nC> Query \"insert into t values (1)\"\n"
                + FROZEN
                + IDLE
                + ran("select 1", "SELECT 1", 'I')
                + ran("set work_mem = '1MB'", "SET", 'I')
                + "@  thaw\n"
                + ran("insert into t values (1)", "INSERT 0 1", 'I'));
    }

    @Test
    void nothingIsHeldThatCouldNotRun() {
        primary.plays("@  freeze refuse\nC> Query \"truncate t\"\n" + FROZEN + IDLE);
    }

    @Test
    void aWriteInATransactionThatHasOnlyReadIsRefused() {
        primary.plays(begun() + ran("select 1", "SELECT 1", 'T')
                + "@  freeze refuse\nC> Query \"delete from t where id = 1\"\n"
                + poisoned('E', "C \"PW005\" M \"writes are frozen\""));
    }

    @Test
    void aTransactionThatHasWrittenMayFinish() {
        primary.plays(begun()
                + ran("insert into t values (1)", "INSERT 0 1", 'T')
                + "@  freeze refuse\n"
                + ran("insert into t values (2)", "INSERT 0 1", 'T')
                + ran("commit", "COMMIT", 'I')
                + "C> Query \"insert into t values (3)\"\n"
                + FROZEN
                + IDLE);
    }

    @Test
    void anotherDatabaseIsNotFrozen() {
        primary.plays("@  freeze refuse stock\n" + ran("insert into t values (1)", "INSERT 0 1", 'I'));
    }

    @Test
    void writesWaitIfTheFreezeSaysSo() {
        primary.plays("@  freeze wait\nC> Query \"insert into t values (1)\"\n" + WAITS + """
                @  time 19S
                @  thaw
                @  time 1S
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aWriteThatWaitsCanBeGivenUp() {
        primary.plays("@  freeze wait\nC> Query \"insert into t values (1)\"\n" + WAITS + """
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  time 1S
                """
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aHoldThatIsApprovedWhileFrozenDoesNotRun() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  freeze refuse
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                """ + FROZEN + IDLE + "@  hold is failed\n");
    }

    @Test
    void aHoldThatIsApprovedWhileWritesWaitRunsAfterTheThaw() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  freeze wait
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                """ + WAITS + """
                @  hold is released
                @  thaw
                @  time 1S
                P> Query "truncate t"
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery I
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery I
                @  hold is executed
                """);
    }

    @Test
    void freezeNowEndsASessionThatIsWritingInATransaction() {
        primary.plays(begun() + ran("insert into t values (1)", "INSERT 0 1", 'T') + """
                @  freeze now
                P> Cancel
                C< ErrorResponse S "FATAL" C "57P01" M "terminating connection because writes are frozen"
                C< Closed
                P> Closed
                """);
    }

    @Test
    void freezeNowLeavesASessionThatReads() {
        primary.plays(
                begun() + ran("select 1", "SELECT 1", 'T') + "@  freeze now\n" + ran("select 1", "SELECT 1", 'T'));
    }
}
