package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** A statement that was described to the client by one server and is then run on the other. */
class ShapeWireTest {
    private static final String DESCRIBED = """
            C> Parse "s" "select * from t"
            C> Describe S "s"
            C> Sync
            R> Parse "s" "select * from t"
            R> Describe S "s"
            R> Sync
            R< ParseComplete
            R< ParameterDescription []
            R< RowDescription ["a"]
            R< ReadyForQuery I
            C< ParseComplete
            C< ParameterDescription []
            C< RowDescription ["a"]
            C< ReadyForQuery I
            @  follower down
            C> Bind "" "s"
            C> Execute "" 0
            C> Sync
            P> Connect
            P> Parse "s" "select * from t"
            P> Describe S "s"
            P> Sync
            """;

    private static final String OTHERWISE = """
            P< ParseComplete
            P< ParameterDescription []
            P< RowDescription ["a" "b"]
            P< ReadyForQuery I
            C< ErrorResponse S "ERROR" C "0A000" M "cached plan must not change result type" R "RevalidateCachedQuery"
            C< ReadyForQuery I
            """;

    @Test
    void aStatementThatReturnsTheSameThereRunsAndIsAskedForOnce() {
        wire().plays(DESCRIBED + """
                P< ParseComplete
                P< ParameterDescription []
                P< RowDescription ["a"]
                P< ReadyForQuery I
                P> Bind "" "s"
                P> Execute "" 0
                P> Sync
                P< BindComplete
                P< CommandComplete "SELECT 0"
                P< ReadyForQuery I
                C< BindComplete
                C< CommandComplete "SELECT 0"
                C< ReadyForQuery I
                C> Bind "" "s"
                C> Execute "" 0
                C> Sync
                P> Bind "" "s"
                P> Execute "" 0
                P> Sync
                """);
    }

    /** The client would take one column for another: it was told of the rows before the table was altered. */
    @Test
    void aStatementThatReturnsOtherRowsThereIsRefusedUntilItIsPreparedAgain() {
        wire().plays(DESCRIBED + OTHERWISE + """
                C> Bind "" "s"
                C> Execute "" 0
                C> Sync
                P> Close S "s"
                P> Parse "s" "select * from t"
                P> Describe S "s"
                P> Sync
                P< CloseComplete
                """ + OTHERWISE + """
                C> Close S "s"
                C> Parse "s" "select * from t"
                C> Bind "" "s"
                C> Execute "" 0
                C> Sync
                P> Close S "s"
                P> Parse "s" "select * from t"
                P> Bind "" "s"
                P> Execute "" 0
                P> Sync
                """);
    }

    @Test
    void aStatementThatCannotBePreparedThereFailsInTheServersWords() {
        wire().plays(DESCRIBED + """
                P< ErrorResponse S "ERROR" C "42P01" M "relation \\"t\\" does not exist"
                P< ReadyForQuery I
                P> Close S "s"
                P> Parse "s" "select * from t"
                P> Bind "" "s"
                P> Execute "" 0
                P> Sync
                P< CloseComplete
                P< ErrorResponse S "ERROR" C "42P01" M "relation \\"t\\" does not exist"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "42P01" M "relation \\"t\\" does not exist"
                C< ReadyForQuery I
                """);
    }
}
