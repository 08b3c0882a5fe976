package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

class ExtendedQueryWireTest {
    @Test
    void aBatchUpToSyncIsOneUnit() {
        wire().plays("""
                C> Parse "" "select $1" [23]
                C> Describe S ""
                C> Bind "" "" [] ["1"] []
                C> Describe P ""
                C> Execute "" 0
                C> Sync
                R> Parse "" "select $1" [23]
                R> Describe S ""
                R> Bind "" "" [] ["1"] []
                R> Describe P ""
                R> Execute "" 0
                R> Sync
                R< ParseComplete
                R< ParameterDescription [23]
                R< RowDescription ["?column?"]
                R< BindComplete
                R< RowDescription ["?column?"]
                R< DataRow ["1"]
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ParseComplete
                C< ParameterDescription [23]
                C< RowDescription ["?column?"]
                C< BindComplete
                C< RowDescription ["?column?"]
                C< DataRow ["1"]
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void binaryFormatsAndNullsPassUntouched() {
        wire().plays("""
                C> Parse "" "select $1, $2" [17 17]
                C> Bind "p" "" [1 0] ["\\x00\\xff" null] [1]
                C> Execute "p" 0
                C> Sync
                R> Parse "" "select $1, $2" [17 17]
                R> Bind "p" "" [1 0] ["\\x00\\xff" null] [1]
                R> Execute "p" 0
                R> Sync
                R< ParseComplete
                R< BindComplete
                R< DataRow ["\\x00\\xff" null]
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< DataRow ["\\x00\\xff" null]
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void anEmptyStatementIsAnsweredByEmptyQueryResponse() {
        wire().plays("""
                C> Parse "" ""
                C> Bind "" ""
                C> Describe P ""
                C> Execute "" 0
                C> Sync
                R> Parse "" ""
                R> Bind "" ""
                R> Describe P ""
                R> Execute "" 0
                R> Sync
                R< ParseComplete
                R< BindComplete
                R< NoData
                R< EmptyQueryResponse
                R< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< NoData
                C< EmptyQueryResponse
                C< ReadyForQuery I
                """);
    }

    @Test
    void aSyncAloneIsAnsweredByReadyForQuery() {
        wire().plays("""
                C> Sync
                R> Sync
                R< ReadyForQuery I
                C< ReadyForQuery I
                """);
    }

    @Test
    void flushDeliversWhatTheServerHasSoFarAndTheUnitStaysOnThePrimary() {
        wire().withoutFollower().plays("""
                        @  follower up
                        C> Parse "" "select 1"
                        C> Flush
                        P> Parse "" "select 1"
                        P> Flush
                        P< ParseComplete
                        C< ParseComplete
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Flush
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Flush
                        P< BindComplete
                        P< CommandComplete "SELECT 1"
                        C< BindComplete
                        C< CommandComplete "SELECT 1"
                        C> Sync
                        P> Sync
                        P< ReadyForQuery I
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void whatAnOpenUnitHasParsedIsKnownBeforeItIsBound() {
        wire().withoutFollower().plays("""
                        C> Parse "" "truncate t"
                        C> Flush
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Sync
                        P> Parse "" "truncate t"
                        P> Flush
                        P> Flush
                        P< ParseComplete
                        C< ParseComplete
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void aFlushThatAsksForNothingDoesNoHarm() {
        wire().withoutFollower().plays("""
                        C> Flush
                        P> Flush
                        C> Query "truncate t"
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        @  approve by cy
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                        @  approve by di
                        P> Query "truncate t"
                        P< CommandComplete "TRUNCATE TABLE"
                        P< ReadyForQuery I
                        C< CommandComplete "TRUNCATE TABLE"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void aPortalIsSuspendedAndResumed() {
        wire().withoutFollower().plays("""
                        C> Query "begin"
                        P> Query "begin"
                        P< CommandComplete "BEGIN"
                        P< ReadyForQuery T
                        C< CommandComplete "BEGIN"
                        C< ReadyForQuery T
                        C> Parse "" "select n from t"
                        C> Bind "c" ""
                        C> Execute "c" 1
                        C> Sync
                        P> Parse "" "select n from t"
                        P> Bind "c" ""
                        P> Execute "c" 1
                        P> Sync
                        P< ParseComplete
                        P< BindComplete
                        P< DataRow ["1"]
                        P< PortalSuspended
                        P< ReadyForQuery T
                        C< ParseComplete
                        C< BindComplete
                        C< DataRow ["1"]
                        C< PortalSuspended
                        C< ReadyForQuery T
                        C> Execute "c" 1
                        C> Close P "c"
                        C> Sync
                        P> Execute "c" 1
                        P> Close P "c"
                        P> Sync
                        P< CommandComplete "SELECT 0"
                        P< CloseComplete
                        P< ReadyForQuery T
                        C< CommandComplete "SELECT 0"
                        C< CloseComplete
                        C< ReadyForQuery T
                        """);
    }

    @Test
    void aQueryWithoutSyncBeforeItRunsAndBothAreAnswered() { // P-12
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Query "select 2"
                        C> Sync
                        P> Parse "" "select 1"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Query "select 2"
                        P> Sync
                        P< ParseComplete
                        P< BindComplete
                        P< CommandComplete "SELECT 1"
                        P< CommandComplete "SELECT 1"
                        P< ReadyForQuery I
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< BindComplete
                        C< CommandComplete "SELECT 1"
                        C< CommandComplete "SELECT 1"
                        C< ReadyForQuery I
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void aDestructiveQueryWithoutSyncBeforeItIsHeld() { // P-12
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Query "truncate t"
                        P> Parse "" "select 1"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Flush
                        P< ParseComplete
                        P< BindComplete
                        P< CommandComplete "SELECT 1"
                        C< ParseComplete
                        C< BindComplete
                        C< CommandComplete "SELECT 1"
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void afterAnErrorEverythingUpToSyncIsDiscardedQueriesToo() { // P-11
        wire().withoutFollower().plays("""
                        C> Parse "" "selec"
                        C> Flush
                        P> Parse "" "selec"
                        P> Flush
                        P< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C> Bind "" ""
                        C> Query "truncate t"
                        C> FunctionCall 1598 [] [] 0
                        C> CopyData "x"
                        C> Sync
                        P> Sync
                        P< ReadyForQuery I
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void whatTheServerSkipsIsNotWaitedFor() { // P-11
        wire().withoutFollower().plays("""
                        C> Parse "" "select nope"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Query "select 2"
                        C> Sync
                        C> Query "select 3"
                        P> Parse "" "select nope"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Query "select 2"
                        P> Sync
                        P> Query "select 3"
                        P< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        P< ReadyForQuery I
                        P< CommandComplete "SELECT 1"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C< ReadyForQuery I
                        C< CommandComplete "SELECT 1"
                        C< ReadyForQuery I
                        @  follower up
                        @  follower replayed
                        C> Query "select 4"
                        R> Connect
                        R> Query "select 4"
                        """);
    }

    @Test
    void terminateIsHonouredWhileSkipping() {
        wire().withoutFollower().plays("""
                        C> Parse "" "selec"
                        C> Flush
                        P> Parse "" "selec"
                        P> Flush
                        P< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C> Terminate
                        P> Closed
                        C< Closed
                        """);
    }

    @Test
    void anErrorInSyncIsFollowedByReadyForQueryAndNothingIsSkipped() {
        wire().withoutFollower().plays("""
                        C> Parse "" "insert into t values (1)"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Sync
                        P> Parse "" "insert into t values (1)"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Sync
                        P< ParseComplete
                        P< BindComplete
                        P< CommandComplete "INSERT 0 1"
                        P< ErrorResponse S "ERROR" C "23503" M "deferred constraint"
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< BindComplete
                        C< CommandComplete "INSERT 0 1"
                        C< ErrorResponse S "ERROR" C "23503" M "deferred constraint"
                        C< ReadyForQuery I
                        C> Query "select 1"
                        P> Query "select 1"
                        """);
    }

    @Test
    void aStatementBehindAHarmlessOneInThePipelineIsHeldWithTheWholeUnit() { // P-10
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Parse "" "delete from t"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Sync
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        @  approve by cy
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                        @  approve by di
                        P> Parse "" "select 1"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Parse "" "delete from t"
                        P> Bind "" ""
                        P> Execute "" 0
                        P> Sync
                        """);
    }

    @Test
    void parametersByTheTenThousandPass() {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            values.append(i == 0 ? "null" : " null");
        }
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Bind "" "" [] [%1$s] []
                        C> Execute "" 0
                        C> Sync
                        P> Parse "" "select 1"
                        P> Bind "" "" [] [%1$s] []
                        P> Execute "" 0
                        P> Sync
                        """.formatted(values));
    }

    @Test
    void aFunctionOfTheLargeObjectInterfaceMayBeCalledByItsOid() {
        wire().withoutFollower().plays("""
                        C> FunctionCall 954 [1] ["\\x00\\x00\\x00\\x01"] 1
                        P> FunctionCall 954 [1] ["\\x00\\x00\\x00\\x01"] 1
                        P< FunctionCallResponse "x"
                        P< ReadyForQuery I
                        C< FunctionCallResponse "x"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void anyOtherFunctionIsNotCalledByItsOid() { // F-24
        wire().withoutFollower().plays("""
                        C> FunctionCall 1598 [] [] 0
                        C< ErrorResponse S "ERROR" C "0A000" M "calling function 1598 by its OID is not supported by the proxy"
                        C< ReadyForQuery I
                        """);
    }
}
