package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** Names of prepared statements: in one namespace with SQL's, on two servers. */
class StatementNamesWireTest {
    private static final String PARSED_ON_FOLLOWER = """
            C> Parse "s" "select 1"
            C> Sync
            R> Parse "s" "select 1"
            R> Sync
            R< ParseComplete
            R< ReadyForQuery I
            C< ParseComplete
            C< ReadyForQuery I
            """;

    private static final String LONG = "s".repeat(64);

    @Test
    void aStatementIsPreparedOnTheOtherServerWhenItIsFirstNeededThere() {
        wire().plays("""
                C> Parse "s" "select $1" [23]
                C> Sync
                R> Parse "s" "select $1" [23]
                R> Sync
                R< ParseComplete
                R< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                C> Query "begin"
                P> Connect
                P> Query "begin"
                P< CommandComplete "BEGIN"
                P< ReadyForQuery T
                C< CommandComplete "BEGIN"
                C< ReadyForQuery T
                C> Bind "" "s" [] ["1"] []
                C> Execute "" 0
                C> Sync
                P> Parse "s" "select $1" [23]
                P> Bind "" "s" [] ["1"] []
                P> Execute "" 0
                P> Sync
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery T
                C< BindComplete
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery T
                C> Bind "" "s" [] ["2"] []
                C> Sync
                P> Bind "" "s" [] ["2"] []
                P> Sync
                """);
    }

    @Test
    void aNameThatOnlyTheOtherServerHasForgottenIsClosedBeforeItIsUsedAgain() {
        wire().plays("""
                C> Parse "s" "select 1"
                C> Sync
                R> Parse "s" "select 1"
                R> Sync
                R< ParseComplete
                R< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                C> Query "begin"
                P> Connect
                P> Query "begin"
                P< CommandComplete "BEGIN"
                P< ReadyForQuery T
                C< CommandComplete "BEGIN"
                C< ReadyForQuery T
                C> Close S "s"
                C> Sync
                P> Close S "s"
                P> Sync
                P< CloseComplete
                P< ReadyForQuery T
                C< CloseComplete
                C< ReadyForQuery T
                C> Query "commit"
                P> Query "commit"
                P< CommandComplete "COMMIT"
                P< ReadyForQuery I
                C< CommandComplete "COMMIT"
                C< ReadyForQuery I
                C> Parse "s" "select 2"
                C> Sync
                R> Close S "s"
                R> Parse "s" "select 2"
                R> Sync
                R< CloseComplete
                R< ParseComplete
                R< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                """);
    }

    @Test
    void aFailedParseKeepsTheOldStatement() { // P-02
        wire().withoutFollower().plays("""
                        C> Parse "s" "truncate t"
                        C> Sync
                        P> Parse "s" "truncate t"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Parse "s" "select 1"
                        C> Sync
                        C> Bind "" "s"
                        C> Execute "" 0
                        C> Sync
                        P> Parse "s" "select 1"
                        P> Sync
                        P< ErrorResponse S "ERROR" C "42P05" M "exists"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "42P05" M "exists"
                        C< ReadyForQuery I
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void aFailedParseOfTheUnnamedStatementDropsTheOldOne() {
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Sync
                        P> Parse "" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Parse "" "selec"
                        C> Sync
                        C> Bind "" ""
                        C> Sync
                        P> Parse "" "selec"
                        P> Sync
                        P< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "42601" M "syntax error"
                        C< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "26000" M "unnamed prepared statement does not exist"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void theUnnamedStatementSurvivesSyncButNotAQuery() {
        wire().withoutFollower().plays("""
                        C> Parse "" "select 1"
                        C> Sync
                        P> Parse "" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Bind "" ""
                        C> Sync
                        P> Bind "" ""
                        P> Sync
                        P< BindComplete
                        P< ReadyForQuery I
                        C< BindComplete
                        C< ReadyForQuery I
                        C> Query "select 2"
                        P> Query "select 2"
                        P< CommandComplete "SELECT 1"
                        P< ReadyForQuery I
                        C< CommandComplete "SELECT 1"
                        C< ReadyForQuery I
                        C> Bind "" ""
                        C> Sync
                        C< ErrorResponse S "ERROR" C "26000" M "unnamed prepared statement does not exist"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void whatSqlDeallocatesIsPreparedWhereTheSqlRuns() {
        wire().plays(PARSED_ON_FOLLOWER + """
                        C> Query "deallocate s"
                        C> Bind "" "s"
                        C> Sync
                        P> Connect
                        P> Parse "s" "select 1"
                        P> Sync
                        P> Query "deallocate s"
                        P< ParseComplete
                        P< ReadyForQuery I
                        P< CommandComplete "DEALLOCATE"
                        P< ReadyForQuery I
                        C< CommandComplete "DEALLOCATE"
                        C< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "26000" M "prepared statement \\"s\\" does not exist"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void whatCannotBePreparedForAQueryIsTheQuerysToReport() {
        wire().plays(PARSED_ON_FOLLOWER + """
                        C> Query "execute s"
                        P> Connect
                        P> Parse "s" "select 1"
                        P> Sync
                        P> Query "execute s"
                        P< ErrorResponse S "ERROR" C "42P01" M "gone"
                        P< ReadyForQuery I
                        P< ErrorResponse S "ERROR" C "26000" M "does not exist"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "26000" M "does not exist"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void sqlsPrepareKeepsTheSessionOnThePrimary() {
        wire().plays("""
                        C> Query "prepare s as select 1"
                        P> Connect
                        P> Query "prepare s as select 1"
                        P< CommandComplete "PREPARE"
                        P< ReadyForQuery I
                        C< CommandComplete "PREPARE"
                        C< ReadyForQuery I
                        C> Query "explain execute s"
                        P> Query "explain execute s"
                        P< CommandComplete "EXPLAIN"
                        P< ReadyForQuery I
                        C< CommandComplete "EXPLAIN"
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void aStatementThatWasClosedDoesNotExist() {
        wire().withoutFollower().plays("""
                        C> Parse "s" "select 1"
                        C> Close S "s"
                        C> Bind "" "s"
                        C> Sync
                        P> Parse "s" "select 1" []
                        P> Close S "s"
                        P> Flush
                        P< ParseComplete
                        P< CloseComplete
                        C< ParseComplete
                        C< CloseComplete
                        P> Execute "holdfast_refused" 0
                        P> Flush
                        P> Sync
                        P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "26000" M "prepared statement \\"s\\" does not exist"
                        C< ReadyForQuery I
                        C> Close S "never seen"
                        C> Sync
                        P> Close S "never seen"
                        P> Sync
                        P< CloseComplete
                        P< ReadyForQuery I
                        C< CloseComplete
                        C< ReadyForQuery I
                        """);
    }

    @Test
    void anUnknownStatementIsRefusedAndTheRestOfTheUnitDiscarded() {
        wire().withoutFollower().plays("""
                        C> Bind "" "nope"
                        C> Flush
                        C< ErrorResponse S "ERROR" C "26000" M "prepared statement \\"nope\\" does not exist"
                        C> Execute "" 0
                        C> Query "truncate t"
                        C> Sync
                        C< ReadyForQuery I
                        C> Query "select 1"
                        P> Query "select 1"
                        """);
    }

    @Test
    void namesThatTheServerWouldCutAreRefused() { // P-04, P-08
        for (String message : new String[] {
            "Parse \"%s\" \"select 1\"".formatted(LONG),
            "Bind \"\" \"%s\"".formatted(LONG),
            "Bind \"%s\" \"\"".formatted(LONG),
            "Close S \"%s\"".formatted(LONG),
            "Close P \"%s\"".formatted(LONG),
            "Describe S \"%s\"".formatted(LONG),
            "Describe P \"%s\"".formatted(LONG),
            "Execute \"%s\" 0".formatted(LONG)
        }) {
            wire().withoutFollower().plays("""
                            C> %s
                            C> Sync
                            C< ErrorResponse S "ERROR" C "42622"
                            C< ReadyForQuery I
                            C> Query "select 1"
                            P> Query "select 1"
                            """.formatted(message));
        }
    }

    @Test
    void aNameOf63BytesIsExact() {
        wire().withoutFollower().plays("""
                        C> Parse "%1$s" "select 1"
                        C> Bind "" "%1$s"
                        C> Sync
                        P> Parse "%1$s" "select 1"
                        P> Bind "" "%1$s"
                        P> Sync
                        """.formatted("é".repeat(31) + "x"));
    }

    @Test
    void whatPrepareNamedIsHeldWhenItIsBound() { // P-03
        wire().withoutFollower().plays("""
                        C> Query "prepare s as delete from t"
                        P> Query "prepare s as delete from t"
                        P< CommandComplete "PREPARE"
                        P< ReadyForQuery I
                        C< CommandComplete "PREPARE"
                        C< ReadyForQuery I
                        C> Bind "" "s"
                        C> Execute "" 0
                        C> Sync
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void aNameThatPrepareTakesOverIsNotBelievedAnyMore() { // P-03, P-05
        wire().withoutFollower().plays("""
                        C> Parse "s" "select 1"
                        C> Sync
                        P> Parse "s" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Query "deallocate s; prepare s as delete from t"
                        P> Query "deallocate s; prepare s as delete from t"
                        C> Bind "" "s"
                        C> Execute "" 0
                        C> Sync
                        P< CommandComplete "DEALLOCATE"
                        P< CommandComplete "PREPARE"
                        P< ReadyForQuery I
                        C< CommandComplete "DEALLOCATE"
                        C< CommandComplete "PREPARE"
                        C< ReadyForQuery I
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void executeBehindPrepareInOneQueryRunsWhatPrepareSays() { // P-05
        wire().withoutFollower().plays("""
                        C> Parse "s" "select 1"
                        C> Sync
                        P> Parse "s" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Query "deallocate s; prepare s as delete from t; execute s"
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void executeBehindPrepareInOneBatchRunsWhatPrepareSays() {
        wire().withoutFollower().plays("""
                        C> Parse "s" "select 1"
                        C> Sync
                        P> Parse "s" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Parse "" "deallocate s"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Parse "" "prepare s as delete from t"
                        C> Bind "" ""
                        C> Execute "" 0
                        C> Bind "" "s"
                        C> Execute "" 0
                        C> Sync
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void executeOfAStatementThatWasNeverSeenIsHeld() {
        wire().withoutFollower().plays("""
                        C> Query "execute s"
                        P> Parse "" "execute s"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void executeRunsWhatTheProtocolPrepared() { // P-03
        wire().withoutFollower().plays("""
                        C> Parse "s" "delete from t"
                        C> Sync
                        C> Query "execute s"
                        P> Parse "s" "delete from t"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C< NoticeResponse M "held as H-1: needs 2 approvals, 0 so far"
                        """);
    }

    @Test
    void aDeallocateThatFailedForgetsNothing() {
        wire().withoutFollower().plays("""
                        C> Parse "s" "select 1"
                        C> Sync
                        P> Parse "s" "select 1"
                        P> Sync
                        P< ParseComplete
                        P< ReadyForQuery I
                        C< ParseComplete
                        C< ReadyForQuery I
                        C> Query "select 1/0; deallocate s"
                        P> Query "select 1/0; deallocate s"
                        P< ErrorResponse S "ERROR" C "22012" M "division by zero"
                        P< ReadyForQuery I
                        C< ErrorResponse S "ERROR" C "22012" M "division by zero"
                        C< ReadyForQuery I
                        C> Bind "" "s"
                        C> Sync
                        P> Close S "s"
                        P> Parse "s" "select 1"
                        P> Bind "" "s"
                        P> Sync
                        P< CloseComplete
                        P< ParseComplete
                        P< BindComplete
                        P< ReadyForQuery I
                        C< BindComplete
                        C< ReadyForQuery I
                        """);
    }
}
