package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Talk.readOnFollower;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are slow, refuse, go away or say something unasked. */
class ServersWireTest {
    private final Wire primary = wire().withoutFollower();

    @Test
    void aFollowerThatIsLostBeforeItAnsweredIsReplacedByThePrimary() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                @  follower gone
                P> Connect
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aFollowerThatHangsBeforeItAnsweredIsReplacedByThePrimary() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                @  follower silent
                R> Closed
                @  follower gone
                P> Connect
                P> Query "select 1"
                """);
    }

    @Test
    void aFollowerThatHangsBeforeItHasTakenTheSettingsIsReplacedByThePrimary() {
        primary.plays(ran("set work_mem = '1MB'", "SET", 'I') + """
                @  follower up
                C> Query "select 1"
                R> Connect
                R> Query "set work_mem = '1MB'\\n;"
                @  follower silent
                R> Closed
                @  follower gone
                P> Query "select 1"
                """);
    }

    @Test
    void aFollowerThatHangsWhileItAnswersMayGoOn() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< DataRow ["1"]
                C< DataRow ["1"]
                @  follower silent
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aPrimaryThatHangsIsWaitedFor() {
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                @  primary silent
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aFollowerThatIsLostWhileItAnswersIsAnError() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< DataRow ["1"]
                C< DataRow ["1"]
                @  follower gone
                C< ErrorResponse S "ERROR" C "PW009" M "no follower is reachable"
                C< ReadyForQuery I
                C> Query "select 1"
                P> Connect
                P> Query "select 1"
                """);
    }

    @Test
    void aFollowerThatIsLostOwesEveryPipelinedQueryAnAnswer() {
        wire().plays("""
                C> Query "select 1"
                C> Query "select 2"
                R> Query "select 1"
                R> Query "select 2"
                @  follower gone
                C< ErrorResponse S "ERROR" C "PW009"
                C< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW009"
                C< ReadyForQuery I
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin read only", "set search_path to other"})
    void aFollowerThatIsLostWithWhatDecidesOnTheNextStatementsEndsTheSession(String sql) {
        wire().plays("""
                C> Query "%1$s"
                C> Query "select 1"
                R> Query "%1$s"
                R> Query "select 1"
                @  follower gone
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                """.formatted(sql));
    }

    @Test
    void aFollowerThatIsLostWhileIdleIsNotMissed() {
        wire().plays(readOnFollower("select 1") + """
                R< ErrorResponse S "FATAL" C "57P01" M "terminating connection due to administrator command"
                @  follower gone
                @  follower replayed
                C> Query "select 2"
                R> Connect
                R> Query "select 2"
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "0A000", "55000", "40001"})
    void aReadThatTheFollowerCannotServeIsServedByThePrimary(String code) {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< ErrorResponse S "ERROR" C "%s" M "not on a standby"
                R< ReadyForQuery I
                """.formatted(code) + """
                P> Connect
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aReadThatTheFollowerCannotServeIsAnErrorIfAnotherIsUnderWayBehindIt() {
        wire().plays("""
                C> Query "select 1"
                C> Query "select 2"
                R> Query "select 1"
                R> Query "select 2"
                R< ErrorResponse S "ERROR" C "40001" M "conflict with recovery"
                R< ReadyForQuery I
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "40001" M "conflict with recovery"
                C< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void nothingIsSentBehindAReadThatIsAboutToBeServedByThePrimary() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< ErrorResponse S "ERROR" C "40001" M "conflict with recovery"
                C> Query "select 2"
                R< ReadyForQuery I
                P> Connect
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                C< CommandComplete "SELECT 1"
                @  follower replayed
                P< ReadyForQuery I
                C< ReadyForQuery I
                R> Query "select 2"
                """);
    }

    @Test
    void aFollowersErrorBehindItsFirstRowIsTheClients() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< DataRow ["1"]
                R< ErrorResponse S "ERROR" C "40001" M "conflict with recovery"
                R< ReadyForQuery I
                C< DataRow ["1"]
                C< ErrorResponse S "ERROR" C "40001" M "conflict with recovery"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aServerThatRefusesTheUserIsAnErrorAndTheSessionGoesOn() {
        wire().opensWhenTold().plays("""
                C> Query "insert into t values (1)"
                P> Connect
                @  primary refuses 53300
                C< ErrorResponse S "ERROR" C "53300" M "no"
                C< ReadyForQuery I
                """ + readOnFollower("select 1"));
    }

    @Test
    void aServerThatIsNotThereIsAnErrorAndTheSessionGoesOn() {
        wire().opensWhenTold().plays("""
                C> Query "insert into t values (1)"
                P> Connect
                @  primary unreachable
                @  time 2S
                C< ErrorResponse S "ERROR" C "PW009" M "no primary is reachable"
                C< ReadyForQuery I
                """ + readOnFollower("select 1"));
    }

    /** pgjdbc sends BEGIN and the first statement together; without the one, the other would commit by itself. */
    @Test
    void aBeginThatNoServerTakesLeavesTheClientInAFailedTransaction() {
        wire().opensWhenTold().plays("""
                C> Query "begin"
                C> Query "insert into t values (1)"
                P> Connect
                @  primary unreachable
                @  time 2S
                R> Query "BEGIN"
                R> Execute "holdfast_refused" 0
                R> Flush
                R> Sync
                R< CommandComplete "BEGIN"
                R< ReadyForQuery T
                R< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                R< ReadyForQuery E
                C< ErrorResponse S "ERROR" C "PW009" M "no primary is reachable"
                C< ReadyForQuery E
                R> Query "insert into t values (1)"
                R< ErrorResponse S "ERROR" C "25P02" M "current transaction is aborted"
                R< ReadyForQuery E
                C< ErrorResponse S "ERROR" C "25P02" M "current transaction is aborted"
                C< ReadyForQuery E
                C> Query "rollback"
                R> Query "rollback"
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set role other", "create temp table t (id int)"})
    void whatDecidesOnTheNextStatementsAndIsTakenByNoServerEndsTheSession(String sql) {
        wire().opensWhenTold().plays("""
                C> Query "%s"
                P> Connect
                @  primary unreachable
                @  time 2S
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                R> Closed
                """.formatted(sql));
    }

    @Test
    void aPrimaryThatIsOutOfSightForAMomentIsWaitedFor() {
        wire().plays("""
                @  primary down
                C> Query "insert into t values (1)"
                @  primary up
                @  time 1S
                P> Connect
                P> Query "insert into t values (1)"
                """);
    }

    @Test
    void aReadMayHaveToWaitForAFollowerByConfiguration() {
        wire().withoutFallback().plays("""
                @  follower down
                C> Query "select 1"
                @  time 2S
                C< ErrorResponse S "ERROR" C "PW009" M "no fresh follower is reachable"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aPrimaryThatIsLostEndsTheSession() {
        primary.plays("""
                C> Query "insert into t values (1)"
                P> Query "insert into t values (1)"
                @  primary gone
                C< ErrorResponse S "FATAL" C "57P01" M "terminating connection because the connection to the server was lost"
                C< Closed
                """);
    }

    @Test
    void thePrimarysOwnLastWordsAreEnough() {
        primary.plays(begun() + """
                P< ErrorResponse S "FATAL" C "25P03" M "terminating connection due to idle-in-transaction timeout"
                C< ErrorResponse S "FATAL" C "25P03" M "terminating connection due to idle-in-transaction timeout"
                @  primary gone
                C< Closed
                """);
    }

    @Test
    void lastWordsAreNotWrittenIntoHalfARow() {
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                @  primary sends half a row
                @  primary gone
                C< Closed
                """);
    }

    @Test
    void aFollowersEndInTheMiddleOfARowIsNotWrittenIntoIt() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                @  follower sends half a row
                @  follower gone
                C< Closed
                """);
    }

    @Test
    void aPromotedPrimaryTakesOverFromTheOneThatTheSessionWasConnectedTo() {
        primary.plays(ran("select 1", "SELECT 1", 'I') + """
                @  primary moved
                C> Query "select 2"
                P> Closed
                P> Connect
                P> Query "select 2"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void noticesComeAtOnceWhateverIsGoingOn() {
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                P< NoticeResponse S "NOTICE" C "00000" M "hello"
                C< NoticeResponse S "NOTICE" C "00000" M "hello"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                P< NoticeResponse S "WARNING" C "01000" M "idle"
                C< NoticeResponse S "WARNING" C "01000" M "idle"
                P< ParameterStatus "TimeZone" "CET"
                C< ParameterStatus "TimeZone" "CET"
                """);
    }

    @Test
    void aNotificationReachesAnIdleClient() {
        primary.plays(ran("listen c", "LISTEN", 'I') + """
                P< NotificationResponse 42 "c" "hello"
                C< NotificationResponse 42 "c" "hello"
                """);
    }

    @Test
    void aNotificationOfThePrimaryReachesAClientThatTheFollowerServes() {
        primary.plays(ran("set work_mem = '1MB'", "SET", 'I') + """
                @  follower up
                C> Query "select 1"
                R> Connect
                R> Query "set work_mem = '1MB'\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                R> Query "select 1"
                R< DataRow ["1"]
                C< DataRow ["1"]
                P< NotificationResponse 42 "c" "hello"
                R< CommandComplete "SELECT 1"
                C< NotificationResponse 42 "c" "hello"
                C< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ReadyForQuery I
                """);
    }

    @Test
    void aCancelRequestGoesToTheServerThatWorks() {
        wire().plays("""
                @  cancel
                C> Query "select 1"
                R> Query "select 1"
                @  cancel
                R> Cancel
                R< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                R< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                @  cancel
                """);
    }

    @Test
    void aClientThatGoesLeavesNoReadRunning() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                @  client gone
                R> Cancel
                R> Closed
                """);
    }

    @Test
    void serversAreNotReadWhileTheClientIsSlow() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                @  client slow
                R> StopsReading
                R< DataRow ["1"]
                C< DataRow ["1"]
                @  client fast
                R> Reads
                """);
    }

    @Test
    void shutdownSaysGoodbye() {
        primary.plays("""
                @  shutdown
                C< ErrorResponse S "FATAL" C "57P01" M "terminating connection due to administrator command"
                C< Closed
                P> Closed
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadyForQuery I",
                "DataRow [\"1\"]",
                "ParseComplete",
                "CopyInResponse 0 [0]",
                "AuthenticationOk",
                "BackendKeyData 1 \"1234\"",
                "CopyBothResponse 0 [0]",
                "NegotiateProtocolVersion 3.2 []",
                "Frame \"?\" \"\"",
                "Frame \"Z\" \"Ixxx\"",
                "Frame \"Z\" \"x\"",
            })
    void aServerThatBreaksTheProtocolEndsTheSession(String frame) {
        primary.plays("""
                P< %s
                C< ErrorResponse S "FATAL" C "57P01"
                C< Closed
                P> Closed
                """.formatted(frame));
    }
}
