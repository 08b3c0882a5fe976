package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

class CopyWireTest {
    private static final String ASKED = """
            C> Query "copy t from stdin"
            P> Query "copy t from stdin"
            P< CopyInResponse 0 [0]
            C< CopyInResponse 0 [0]
            """;

    private static final String EXTENDED = """
            C> Parse "" "copy t from stdin"
            C> Bind "" ""
            C> Execute "" 0
            C> %1$s
            P> Parse "" "copy t from stdin"
            P> Bind "" ""
            P> Execute "" 0
            P> %1$s
            P< ParseComplete
            P< BindComplete
            P< CopyInResponse 0 [0]
            C< ParseComplete
            C< BindComplete
            C< CopyInResponse 0 [0]
            """;

    private final Wire primary = wire().withoutFollower();

    @Test
    void dataGoesByAndStatementsBehindItInTheQueryRun() { // P-15
        primary.plays("""
                C> Query "copy t from stdin; select 1"
                P> Query "copy t from stdin; select 1"
                P< CopyInResponse 0 [0]
                C< CopyInResponse 0 [0]
                C> CopyData "1\\n"
                C> CopyData "2\\n"
                C> CopyDone
                P> CopyData "1\\n"
                P> CopyData "2\\n"
                P> CopyDone
                P< CommandComplete "COPY 2"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "COPY 2"
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aDestructiveStatementBehindACopyIsHeldWithIt() { // P-15
        primary.plays("""
                C> Query "copy t from stdin; delete from t"
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                """);
    }

    @Test
    void dataMayBeSentBeforeTheServerAsksForIt() {
        primary.plays("""
                C> Query "copy t from stdin"
                C> CopyData "1\\n"
                C> CopyDone
                P> Query "copy t from stdin"
                P> CopyData "1\\n"
                P> CopyDone
                P< CopyInResponse 0 [0]
                C< CopyInResponse 0 [0]
                C> Sync
                P> Sync
                P< CommandComplete "COPY 1"
                P< ReadyForQuery I
                P< ReadyForQuery I
                C< CommandComplete "COPY 1"
                C< ReadyForQuery I
                C< ReadyForQuery I
                """);
    }

    @Test
    void dataMayBeSentBeforeTheServerAsksForItInTheExtendedProtocol() {
        primary.plays("""
                C> Parse "" "copy t from stdin"
                C> Bind "" ""
                C> Execute "" 0
                C> CopyData "1\\n"
                C> CopyDone
                C> Sync
                P> Parse "" "copy t from stdin"
                P> Bind "" ""
                P> Execute "" 0
                P> CopyData "1\\n"
                P> CopyDone
                P> Sync
                P< ParseComplete
                P< BindComplete
                P< CopyInResponse 0 [0]
                P< CommandComplete "COPY 1"
                P< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< CopyInResponse 0 [0]
                C< CommandComplete "COPY 1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void severalCopiesInOneQueryEachHaveTheirEnd() {
        primary.plays("""
                C> Query "copy t from stdin; copy u from stdin"
                C> CopyDone
                C> CopyDone
                P> Query "copy t from stdin; copy u from stdin"
                P> CopyDone
                P> CopyDone
                P< CopyInResponse 0 [0]
                P< CommandComplete "COPY 0"
                P< CopyInResponse 0 [0]
                P< CommandComplete "COPY 0"
                P< ReadyForQuery I
                C< CopyInResponse 0 [0]
                C< CommandComplete "COPY 0"
                C< CopyInResponse 0 [0]
                C< CommandComplete "COPY 0"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void copyFailIsAnsweredByTheServer() {
        primary.plays(ASKED + """
                C> CopyFail "changed my mind"
                P> CopyFail "changed my mind"
                P< ErrorResponse S "ERROR" C "57014" M "COPY from stdin failed"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "57014" M "COPY from stdin failed"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void dataBehindAServersFailureIsDroppedAndStatementsBehindItAreInspected() { // P-14
        primary.plays(ASKED + """
                C> CopyData "bad"
                P> CopyData "bad"
                P< ErrorResponse S "ERROR" C "22P02" M "invalid input"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "22P02" M "invalid input"
                C< ReadyForQuery I
                C> CopyData "more"
                C> CopyDone
                C> Query "truncate t"
                C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                """);
    }

    @Test
    void strayCopyMessagesAreDropped() { // P-16
        primary.plays("""
                C> CopyData "x"
                C> CopyDone
                C> CopyFail "y"
                """ + ran("select 1", "SELECT 1", 'I') + """
                C> Parse "" "select 1"
                C> Sync
                C> CopyDone
                P> Parse "" "select 1"
                P> Sync
                P< ParseComplete
                P< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                """);
    }

    @Test
    void aStrayCopyDoneBehindAnExecuteKeepsNothingWaiting() {
        primary.plays("""
                @  follower up
                C> Parse "" "insert into t values (1)"
                C> Bind "" ""
                C> Execute "" 0
                C> Sync
                C> CopyDone
                P> Parse "" "insert into t values (1)"
                P> Bind "" ""
                P> Execute "" 0
                P> Sync
                P> CopyDone
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                @  follower replayed
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void copyByTheExtendedProtocol() {
        primary.plays(EXTENDED.formatted("Flush") + """
                C> CopyData "1\\n"
                C> CopyDone
                C> Sync
                P> CopyData "1\\n"
                P> CopyDone
                P> Sync
                P< CommandComplete "COPY 1"
                P< ReadyForQuery I
                C< CommandComplete "COPY 1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void anEarlySyncIsIgnoredAndTheUnitEndsWithTheNextOne() {
        primary.plays(EXTENDED.formatted("Sync") + """
                C> CopyData "1\\n"
                C> Sync
                C> CopyDone
                P> CopyData "1\\n"
                P> Sync
                P> CopyDone
                C> Sync
                P> Sync
                P< CommandComplete "COPY 1"
                P< ReadyForQuery I
                C< CommandComplete "COPY 1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void theWriteOfACopyWithAnEarlySyncIsRemembered() {
        primary.plays("@  follower up\n" + EXTENDED.formatted("Sync") + """
                C> CopyDone
                C> Sync
                P> CopyDone
                P> Sync
                P< CommandComplete "COPY 0"
                P< ReadyForQuery I
                C< CommandComplete "COPY 0"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void afterAServersFailureInTheExtendedProtocolEverythingUpToSyncIsDiscarded() {
        primary.plays(EXTENDED.formatted("Flush") + """
                C> CopyData "bad"
                P> CopyData "bad"
                P< ErrorResponse S "ERROR" C "22P02" M "invalid input"
                C< ErrorResponse S "ERROR" C "22P02" M "invalid input"
                C> CopyData "more"
                C> CopyDone
                C> Query "truncate t"
                C> Sync
                P> Sync
                P< ReadyForQuery I
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aReadInTheMiddleOfACopyIsNotKeptForTheFollower() {
        wire().plays("""
                C> Query "copy t from stdin"
                P> Connect
                P> Query "copy t from stdin"
                C> Query "select 1"
                P< CopyInResponse 0 [0]
                C< CopyInResponse 0 [0]
                P> Query "select 1"
                P< ErrorResponse S "ERROR" C "08P01" M "unexpected message type 0x51 during COPY from stdin"
                P< ErrorResponse S "FATAL" C "08P01" M "terminating connection because protocol synchronization was lost"
                C< ErrorResponse S "ERROR" C "08P01" M "unexpected message type 0x51 during COPY from stdin"
                C< ErrorResponse S "FATAL" C "08P01" M "terminating connection because protocol synchronization was lost"
                @  primary gone
                R> Closed
                C< Closed
                """);
    }

    @Test
    void whatWouldBeHeldInTheMiddleOfACopyEndsTheSession() {
        primary.plays(ASKED + """
                C> Query "truncate t"
                C< ErrorResponse S "FATAL" C "08P01" M "invalid message from client: unexpected message during COPY from stdin"
                C< Closed
                P> Closed
                """);
    }

    @Test
    void aQueryInTheMiddleOfACopyEndsTheConnectionAsTheServerDoes() {
        primary.plays(ASKED + """
                C> Query "select 1"
                P> Query "select 1"
                P< ErrorResponse S "ERROR" C "08P01" M "unexpected message type 0x51 during COPY from stdin"
                P< ErrorResponse S "FATAL" C "08P01" M "terminating connection because protocol synchronization was lost"
                C< ErrorResponse S "ERROR" C "08P01" M "unexpected message type 0x51 during COPY from stdin"
                C< ErrorResponse S "FATAL" C "08P01" M "terminating connection because protocol synchronization was lost"
                @  primary gone
                C< Closed
                """);
    }
}
