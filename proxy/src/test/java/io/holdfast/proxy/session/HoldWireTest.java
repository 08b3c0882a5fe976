package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.APPROVED;
import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.failed;
import static io.holdfast.proxy.session.Talk.poisoned;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldWireTest {
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
    void aTruncateReachesThePrimaryOnlyAfterTwoApprovals() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + APPROVED + TRUNCATED);
    }

    @Test
    void aSessionThatHasOnlyReadConnectsToThePrimaryWhenItsStatementIsReleased() {
        wire().plays("""
                C> Query "truncate t"
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                P> Connect
                """ + TRUNCATED);
    }

    @Test
    void aHeldClientIsNotReadAndWhatItSentBehindRunsAfterwards() {
        primary.plays("C> Query \"truncate t\"\nC> Query \"select 1\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery I
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery I
                P> Query "select 1"
                """);
    }

    @Test
    void aHoldWaitsForTheRepliesThatAreDue() {
        primary.plays("""
                C> Query "select 1"
                C> Query "truncate t"
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                C< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< ReadyForQuery I
                """ + HELD);
    }

    @Test
    void aDenialIsAnErrorWithItsReasonAndTheSessionGoesOn() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  deny by cy 'not on a Friday'
                C< ErrorResponse S "ERROR" C "PW001" M "statement was not approved: H-1 was denied by cy" D "not on a Friday"
                C< ReadyForQuery I
                @  hold is denied
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aHoldExpires() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + notices(89) + """
                @  time 20S
                C< ErrorResponse S "ERROR" C "PW002" M "statement was not approved in time: H-1 has expired"
                C< ReadyForQuery I
                @  hold is expired
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aWaitingClientIsRemindedEveryTwentySeconds() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  time 19S
                @  time 1S
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                @  time 19S
                @  time 1S
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                """);
    }

    @Test
    void aCancelRequestWithdrawsTheHold() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  hold is withdrawn
                @  time 60S
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aCancelRequestReachesAStatementThatIsApprovedAndHasNotGoneYet() {
        wire().opensWhenTold().plays("C> Query \"truncate t\"\n" + HELD + APPROVED + """
                        P> Connect
                        @  cancel
                        C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                        C< ReadyForQuery I
                        @  hold is failed
                        @  primary opens
                        C> Query "select 1"
                        R> Query "select 1"
                        """);
    }

    @Test
    void aClientThatGoesWithdrawsTheHold() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  client gone
                P> Closed
                @  hold is withdrawn
                """);
    }

    @Test
    void aShutdownWithdrawsTheHold() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  shutdown
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                P> Closed
                @  hold is withdrawn
                """);
    }

    @Test
    void aClientThatCannotWaitGetsATicketAndItsGrantIsGoodForOneUse() {
        primary.withClientWait(Duration.ofSeconds(10))
                .plays("C> Query \"truncate t\"\n" + HELD + """
                @  time 10S
                C< ErrorResponse S "ERROR" C "PW004" M "statement needs approval: H-1 is open"
                C< ReadyForQuery I
                @  approve by cy
                @  approve by di
                @  hold is granted
                C> Query "truncate u"
                C< NoticeResponse M "held as H-2: needs 2 approvals, 0 so far"
                @  cancel
                C< ErrorResponse S "ERROR" C "57014"
                C< ReadyForQuery I
                C> Query "truncate t"
                """ + TRUNCATED + """
                C> Query "truncate t"
                C< NoticeResponse M "held as H-3: needs 2 approvals, 0 so far"
                """);
    }

    @Test
    void onlyThePrimaryKnowsWhatBecameOfAReleasedStatementWhenItIsLost() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                @  primary gone
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                @  hold is unknown outcome
                """);
    }

    @Test
    void aReleasedStatementThatFailsIsReportedAsFailed() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                P< ErrorResponse S "ERROR" C "55P03" M "could not obtain lock"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "55P03" M "could not obtain lock"
                C< ReadyForQuery I
                @  hold is failed
                """);
    }

    @Test
    void nothingIsReleasedThatCannotBeRecorded() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + """
                @  audit fails
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                C< ErrorResponse S "ERROR" C "PW007"
                C< ReadyForQuery I
                @  hold is failed
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aPreparedStatementIsHeldWhenItIsBoundWithItsValues() {
        primary.plays("""
                C> Parse "s" "delete from t where $1" [16]
                C> Sync
                P> Parse "s" "delete from t where $1" [16]
                P> Sync
                P< ParseComplete
                P< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                C> Bind "" "s" [] ["t"] []
                C> Describe P ""
                C> Execute "" 0
                C> Sync
                """.replace("where $1", "") + HELD + APPROVED + """
                P> Bind "" "s" [] ["t"] []
                P> Describe P ""
                P> Execute "" 0
                P> Sync
                P< BindComplete
                P< NoData
                P< CommandComplete "DELETE 3"
                P< ReadyForQuery I
                C< BindComplete
                C< NoData
                C< CommandComplete "DELETE 3"
                C< ReadyForQuery I
                @  hold is executed
                """);
    }

    @Test
    void theSecondStatementOfAQueryIsHeldWithTheFirst() {
        primary.plays("""
                C> Query "select 1; truncate t"
                """ + HELD + APPROVED + """
                P> Query "select 1; truncate t"
                """);
    }

    @Test
    void aDelayedStatementRunsWhenTheTimeIsOver() {
        primary.withRules(delayed()).plays("""
                C> Query "truncate t"
                C< NoticeResponse M "held as H-1: runs in 30 s unless somebody denies it"
                @  time 20S
                C< NoticeResponse M "held as H-1: runs in 10 s unless somebody denies it"
                @  time 10S
                """ + TRUNCATED);
    }

    @Test
    void aTransactionThatHasOnlyBegunWaits() {
        primary.plays(begun() + "C> Query \"truncate t\"\n" + HELD + APPROVED + """
                P> Query "truncate t"
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery T
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery T
                """);
    }

    @Test
    void aDenialInATransactionFailsIt() {
        primary.plays(begun() + "C> Query \"truncate t\"\n" + HELD + "@  deny by cy 'no'\n"
                + poisoned('E', "C \"PW001\"") + ran("rollback", "ROLLBACK", 'I'));
    }

    @Test
    void aTransactionThatHasReadWaitsOnlyAMinute() {
        primary.plays(begun() + ran("select 1", "SELECT 1", 'T') + "C> Query \"truncate t\"\n" + HELD + notices(3)
                + poisoned('E', "C \"PW004\""));
    }

    @Test
    void aTransactionThatHasWrittenDoesNotWaitAndFails() {
        primary.plays(begun() + ran("insert into t values (1)", "INSERT 0 1", 'T') + "C> Query \"truncate t\"\n"
                + poisoned('E', "C \"PW004\" M \"statement needs approval: H-1 is open\"")
                + failed("select 1") + ran("rollback", "ROLLBACK", 'I')
                + "C> Query \"truncate t\"\nC< NoticeResponse M \"held as H-2: needs 2 approvals, 0 so far\"\n");
    }

    @Test
    void aGrantIsGoodInTheTransactionThatAskedForIt() {
        primary.plays(begun() + ran("insert into t values (1)", "INSERT 0 1", 'T') + "C> Query \"truncate t\"\n"
                + poisoned('E', "C \"PW004\"") + ran("rollback", "ROLLBACK", 'I') + """
                @  approve by cy
                @  approve by di
                """ + begun()
                + ran("insert into t values (1)", "INSERT 0 1", 'T') + """
                C> Query "truncate t"
                P> Query "truncate t"
                P< CommandComplete "TRUNCATE TABLE"
                P< ReadyForQuery T
                C< CommandComplete "TRUNCATE TABLE"
                C< ReadyForQuery T
                @  hold is executed
                """);
    }

    @Test
    void inAFailedTransactionNobodyIsAsked() {
        primary.plays(begun() + failed("select 1/0") + failed("truncate t"));
    }

    @Test
    void whatFollowsARollbackToASavepointInOneQueryIsHeld() {
        primary.plays(begun() + ran("savepoint s", "SAVEPOINT", 'T') + failed("select 1/0")
                + "C> Query \"rollback to s; truncate t\"\n" + poisoned('E', "C \"PW004\""));
    }

    @Test
    void whatIsPipelinedBehindARollbackIsHeld() {
        primary.plays(begun() + failed("select 1/0") + """
                C> Query "rollback"
                C> Query "truncate t"
                P> Query "rollback"
                P< CommandComplete "ROLLBACK"
                P< ReadyForQuery I
                C< CommandComplete "ROLLBACK"
                C< ReadyForQuery I
                """ + HELD);
    }

    @Test
    void whatIsPipelinedBehindARollbackInAnOpenUnitIsHeld() {
        primary.plays(begun() + failed("select 1/0") + """
                C> Parse "" "rollback to s"
                C> Bind "" ""
                C> Execute "" 0
                C> Flush
                P> Parse "" "rollback to s"
                P> Bind "" ""
                P> Execute "" 0
                P> Flush
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "ROLLBACK"
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "ROLLBACK"
                C> Query "truncate t"
                """ + poisoned('E', "C \"PW004\""));
    }

    @Test
    void aRefusalInAnOpenUnitPoisonsWhatItHasDone() { // P-13
        primary.plays("""
                C> Parse "" "insert into t values (1)"
                C> Bind "" ""
                C> Execute "" 0
                C> Flush
                P> Parse "" "insert into t values (1)"
                P> Bind "" ""
                P> Execute "" 0
                P> Flush
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "INSERT 0 1"
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "INSERT 0 1"
                C> Parse "x" "truncate t"
                C> Bind "" "x"
                C> Execute "" 0
                C> Flush
                P> Execute "holdfast_refused" 0
                P> Flush
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                C< ErrorResponse S "ERROR" C "PW004"
                C> Execute "" 0
                C> Query "truncate t"
                C> Sync
                P> Sync
                P< ReadyForQuery I
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aPoisonedTransactionWhoseServerIsLostLeavesNothingBehind() {
        primary.plays(begun() + ran("insert into t values (1)", "INSERT 0 1", 'T') + """
                C> Query "truncate t"
                P> Execute "holdfast_refused" 0
                P> Flush
                P> Sync
                @  primary gone
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                """);
    }

    @Test
    void nobodyIsAskedAboutATypo() {
        primary.plays("""
                C> Query "selec 1"
                P> Parse "" "selec 1"
                P> Sync
                P< ErrorResponse S "ERROR" C "42601" M "syntax error" P "1"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "42601" M "syntax error" P "1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    private static String notices(int count) {
        return "@  time 20S\nC< NoticeResponse M \"held as H-1: needs 2 approvals, 0 so far\"\n".repeat(count);
    }

    private static RuleConfig delayed() {
        When truncates = new When(
                Set.of(),
                Set.of("TRUNCATE TABLE"),
                List.of(),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of());
        return new RuleConfig("slowly", truncates, new Action.Delay(Duration.ofSeconds(30)));
    }
}
