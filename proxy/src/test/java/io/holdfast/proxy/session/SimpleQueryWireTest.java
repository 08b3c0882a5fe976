package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

class SimpleQueryWireTest {
    @Test
    void aReadIsAnsweredByTheFollowerAndThePrimaryIsNeverConnectedTo() {
        wire().plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< RowDescription ["?column?"]
                R< DataRow ["1"]
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< RowDescription ["?column?"]
                C< DataRow ["1"]
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aWriteConnectsToThePrimary() {
        wire().plays("""
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void severalStatementsAreOneUnit() {
        wire().plays("""
                C> Query "select 1; insert into t values (1); select 2"
                P> Connect
                P> Query "select 1; insert into t values (1); select 2"
                P< CommandComplete "SELECT 1"
                P< CommandComplete "INSERT 0 1"
                P< ErrorResponse S "ERROR" C "42P01" M "no such table"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< CommandComplete "INSERT 0 1"
                C< ErrorResponse S "ERROR" C "42P01" M "no such table"
                C< ReadyForQuery I
                """);
    }

    @Test
    void anEmptyQueryIsAnsweredAsByTheServer() {
        for (String empty : new String[] {"", ";", "-- c", " /* /* */ */ ; "}) {
            wire().plays("""
                    C> Query "%1$s"
                    R> Query "%1$s"
                    R< EmptyQueryResponse
                    R< ReadyForQuery I
                    C< EmptyQueryResponse
                    C< ReadyForQuery I
                    """.formatted(empty));
        }
    }

    @Test
    void pipelinedQueriesToOneServerDoNotWaitForEachOther() {
        wire().plays("""
                C> Query "select 1"
                C> Query "select 2"
                R> Query "select 1"
                R> Query "select 2"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                R< CommandComplete "SELECT 2"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 2"
                C< ReadyForQuery I
                """);
    }

    @Test
    void pipelinedQueriesToDifferentServersWaitForEachOther() {
        wire().plays("""
                C> Query "select 1"
                C> Query "insert into t values (1)"
                C> Query "select 2"
                R> Query "select 1"
                R< CommandComplete "SELECT 1"
                C< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ReadyForQuery I
                P> Connect
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                C< CommandComplete "INSERT 0 1"
                @  follower replayed
                P< ReadyForQuery I
                C< ReadyForQuery I
                R> Query "select 2"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void whatIsAskedOfThePrimaryAboutItselfShowsNoRowsThatAFollowerMayLack() {
        wire().withoutFollower().plays("""
                @  follower up
                """ + ran("show transaction_read_only", "SHOW", 'I') + """
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void aTransactionStaysOnThePrimaryToItsEnd() {
        wire().plays("""
                C> Query "begin"
                P> Connect
                P> Query "begin"
                P< CommandComplete "BEGIN"
                P< ReadyForQuery T
                C< CommandComplete "BEGIN"
                C< ReadyForQuery T
                C> Query "select 1"
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery T
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery T
                C> Query "commit"
                P> Query "commit"
                P< CommandComplete "COMMIT"
                P< ReadyForQuery I
                C< CommandComplete "COMMIT"
                C< ReadyForQuery I
                @  follower replayed
                C> Query "select 2"
                R> Query "select 2"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aReadPipelinedBehindBeginGoesWhereBeginWent() {
        wire().plays("""
                C> Query "begin"
                C> Query "select 1"
                P> Connect
                P> Query "begin"
                P< CommandComplete "BEGIN"
                P< ReadyForQuery T
                C< CommandComplete "BEGIN"
                C< ReadyForQuery T
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery T
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery T
                """);
    }

    @Test
    void chainedTransactionsAreBelievedFromReadyForQuery() {
        wire().withoutFollower().plays("""
                        C> Query "begin"
                        P> Query "begin"
                        P< CommandComplete "BEGIN"
                        P< ReadyForQuery T
                        C< CommandComplete "BEGIN"
                        C< ReadyForQuery T
                        @  follower up
                        C> Query "commit and chain"
                        P> Query "commit and chain"
                        P< CommandComplete "COMMIT"
                        P< ReadyForQuery T
                        C< CommandComplete "COMMIT"
                        C< ReadyForQuery T
                        C> Query "select 1"
                        P> Query "select 1"
                        """);
    }

    @Test
    void terminateEndsEverythingBehindTheAnswersThatAreDue() {
        wire().plays("""
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "insert into t values (1)"
                C> Terminate
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                P> Closed
                R> Closed
                C< Closed
                """);
    }

    @Test
    void terminateDoesNotWaitForWhatTheClientHasNotEnded() {
        wire().withoutFollower().plays("""
                C> Parse "" "insert into t values (1)"
                C> Bind "" ""
                C> Execute "" 0
                C> Flush
                P> Parse "" "insert into t values (1)" []
                P> Bind "" "" [] [] []
                P> Execute "" 0
                P> Flush
                C> Terminate
                P> Closed
                C< Closed
                """);
    }

    @Test
    void copyOutStreams() {
        wire().plays("""
                C> Query "copy t to stdout"
                R> Query "copy t to stdout"
                R< CopyOutResponse 0 [0]
                R< CopyData "1\\n"
                R< ParameterStatus "TimeZone" "CET"
                R< CopyData "2\\n"
                R< CopyDone
                R< CommandComplete "COPY 2"
                R< ReadyForQuery I
                C< CopyOutResponse 0 [0]
                C< CopyData "1\\n"
                C< ParameterStatus "TimeZone" "CET"
                C< CopyData "2\\n"
                C< CopyDone
                C< CommandComplete "COPY 2"
                C< ReadyForQuery I
                """);
    }
}
