package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** Nobody is asked about a value that they cannot see (BYPASS A-01). */
class HeldValuesWireTest {
    private static final String HELD = "C< NoticeResponse M \"held as H-1: needs 2 approvals, 0 so far\"\n";

    private static final String SEVEN = "\\x00\\x00\\x00\\x07";

    /** As drivers do that learn the types from the server and send every value in binary format. */
    private static final String DESCRIBED = """
            C> Parse "s" "update t set a = $1"
            C> Describe S "s"
            C> Sync
            P> Parse "s" "update t set a = $1"
            P> Describe S "s"
            P> Sync
            P< ParseComplete
            P< ParameterDescription [23]
            P< NoData
            P< ReadyForQuery %1$s
            C< ParseComplete
            C< ParameterDescription [23]
            C< NoData
            C< ReadyForQuery %1$s
            """;

    private static final String BOUND = """
            C> Bind "" "s" [1] ["\\x00\\x00\\x00\\x07"] []
            C> Execute "" 0
            C> Sync
            """;

    private static final String ASKED = """
            P> Parse "holdfast_types" "update t set a = $1"
            P> Describe S "holdfast_types"
            P> Close S "holdfast_types"
            P> Sync
            """;

    private final Wire primary = wire().withoutFollower();

    private static String unit(String sql, String types, String values) {
        return "C> Parse \"\" \"" + sql + "\" [" + types + "]\nC> Bind \"\" \"\" " + values
                + " []\nC> Execute \"\" 0\nC> Sync\n";
    }

    private static String refused(String fields) {
        return "C< ErrorResponse S \"ERROR\" C \"PW006\" " + fields + "\nC< ReadyForQuery I\n";
    }

    @Test
    void aBinaryValueOfADeclaredTypeIsDecoded() {
        primary.plays(unit("update t set a = $1, b = $2", "23 25", "[1 0] [\"" + SEVEN + "\" null]") + HELD
                + "@  values $1 = 7, $2 = null\n");
    }

    @Test
    void theTypesThatTheClientWasToldAreTaken() {
        primary.plays(DESCRIBED.formatted("I") + BOUND + HELD + """
                @  values $1 = 7
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                P> Bind "" "s" [1] ["\\x00\\x00\\x00\\x07"] []
                P> Execute "" 0
                P> Sync
                """);
    }

    @Test
    void theTypesThatTheClientWasToldAreTakenInATransaction() {
        primary.plays(begun() + DESCRIBED.formatted("T") + BOUND + HELD + "@  values $1 = 7\n");
    }

    @Test
    void theServerIsAskedForATypeThatNobodyHasSaid() {
        primary.plays(unit("update t set a = $1", "", "[1] [\"" + SEVEN + "\"]") + ASKED + """
                P< ParseComplete
                P< ParameterDescription [23]
                P< NoData
                P< CloseComplete
                P< ReadyForQuery I
                """ + HELD + """
                @  values $1 = 7
                @  approve by cy
                C< NoticeResponse M "held as H-1: needs 2 approvals, 1 so far"
                @  approve by di
                P> Parse "" "update t set a = $1"
                P> Bind "" "" [1] ["\\x00\\x00\\x00\\x07"] []
                P> Execute "" 0
                P> Sync
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "UPDATE 3"
                P< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "UPDATE 3"
                C< ReadyForQuery I
                @  hold is executed
                """);
    }

    @Test
    void aSessionThatHasOnlyReadConnectsToThePrimaryToAsk() {
        wire().plays(unit("update t set a = $1", "", "[1] [\"" + SEVEN + "\"]") + "P> Connect\n" + ASKED + """
                P< ParseComplete
                P< ParameterDescription [23]
                P< NoData
                P< CloseComplete
                P< ReadyForQuery I
                """ + HELD
                + "@  values $1 = 7\n");
    }

    @Test
    void whatAPreparedStatementTakesIsAskedOfThatStatement() {
        primary.plays("""
                C> Parse "s" "update t set a = $1"
                C> Sync
                P> Parse "s" "update t set a = $1"
                P> Sync
                P< ParseComplete
                P< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                """ + BOUND + """
                P> Describe S "s"
                P> Sync
                P< ParameterDescription [23]
                P< NoData
                P< ReadyForQuery I
                """ + HELD + "@  values $1 = 7\n");
    }

    @Test
    void aTypeThatTheServerDoesNotSayIsNotGuessed() {
        primary.plays(unit("update t set a = $1", "", "[1] [\"" + SEVEN + "\"]") + ASKED + """
                P< ErrorResponse S "ERROR" C "42P01" M "relation does not exist"
                P< ReadyForQuery I
                """
                + refused("M \"statement cannot be inspected: the value of $1 cannot be shown\""
                        + " D \"It is in binary format, and its type is neither declared nor known.\"")
                + ran("select 1", "SELECT 1", 'I'));
    }

    /** The question would take the statement's locks, and keep them while people think. */
    @Test
    void inATransactionTheServerIsNotAsked() {
        primary.plays(begun()
                + unit("update t set a = $1", "", "[1] [\"" + SEVEN + "\"]")
                + Talk.poisoned('E', "C \"PW006\"")
                + Talk.failed("select 1")
                + ran("rollback", "ROLLBACK", 'I'));
    }

    @Test
    void inAnOpenUnitTheServerIsNotAskedAndNothingOfItStays() {
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
                """ + unit("update t set a = $1", "", "[1] [\"" + SEVEN + "\"]") + """
                P> Execute "holdfast_refused" 0
                P> Flush
                P> Sync
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aTypeOfTheDatabaseIsLookedUp() {
        primary.plays(unit("update t set a = $1", "90000", "[1] [\"happy\"]") + HELD + "@  values $1 = happy\n");
    }

    @Test
    void aTypeThatNobodyCanReadIsRefused() {
        primary.plays(unit("update t set a = $1", "90001", "[1] [\"x\"]")
                + refused("D \"It is in binary format, of type oid 90001: type with oid 90001 is not known.\"")
                + unit("update t set a = $1", "90001", "[0] [\"x\"]") + HELD + "@  values $1 = x\n");
    }

    @Test
    void bytesThatAreNotOfTheirTypeAreRefused() {
        primary.plays(unit("update t set a = $1", "23", "[1] [\"\\x07\"]")
                + refused("D \"It is in binary format, of type integer: it ends too early.\"")
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void textThatIsNoTextIsRefused() {
        primary.plays(unit("update t set a = $1", "", "[] [\"\\xff\"]")
                + refused("D \"It is sent as text: it is no text in UTF-8.\""));
    }

    @Test
    void ofABatchEachValueIsShownWithItsStatement() {
        primary.plays("""
                C> Parse "s" "update t set a = $1" [23]
                C> Bind "" "s" [] ["1"] []
                C> Execute "" 0
                C> Bind "" "s" [1] ["\\x00\\x00\\x00\\x07"] []
                C> Execute "" 0
                C> Parse "" "update u set a = $1, b = $2" [25 25]
                C> Bind "" "" [] ["x" "y"] []
                C> Execute "" 0
                C> Sync
                """ + HELD + """
                @  values statement 1: $1 = 1, statement 2: $1 = 7, statement 3: $1 = x, statement 3: $2 = y
                """);
    }

    @Test
    void ofABatchTheOneThatCannotBeShownIsNamed() {
        primary.plays(
                """
                C> Parse "s" "update t set a = $1" [23]
                C> Bind "" "s" [] ["1"] []
                C> Execute "" 0
                C> Bind "" "s" [1] ["7"] []
                C> Execute "" 0
                C> Sync
                """ + refused("M \"statement cannot be inspected: the value of $1 in statement 2 cannot be shown\""));
    }

    @Test
    void argumentsOfACalledFunctionAreShown() {
        primary.plays("C> FunctionCall 964 [1] [\"" + SEVEN + "\"] 1\n" + HELD + "@  values $1 = 7\n");
    }

    @Test
    void argumentsOfACalledFunctionThatCannotBeShownAreRefused() {
        primary.plays("C> FunctionCall 964 [1] [\"7\"] 1\n"
                + refused("D \"It is in binary format, of type oid: it ends too early.\""));
    }

    @Test
    void whatIsNotHeldIsNotLookedAt() {
        primary.plays("""
                C> Parse "" "insert into t values ($1)" [90001]
                C> Bind "" "" [1] ["\\xff"] []
                C> Execute "" 0
                C> Sync
                P> Parse "" "insert into t values ($1)" [90001]
                P> Bind "" "" [1] ["\\xff"] []
                P> Execute "" 0
                P> Sync
                """);
    }

    @Test
    void anotherTypeMakesAnotherStatementOfTheSameBytes() {
        primary.withClientWait(java.time.Duration.ofSeconds(10))
                .plays(unit("update t set a = $1", "23", "[1] [\"" + SEVEN + "\"]") + HELD + """
                        @  time 10S
                        C< ErrorResponse S "ERROR" C "PW004" M "statement needs approval: H-1 is open"
                        C< ReadyForQuery I
                        @  approve by cy
                        @  approve by di
                        @  hold is granted
                        """
                        + unit("update t set a = $1", "26", "[1] [\"" + SEVEN + "\"]") + """
                        C< NoticeResponse M "held as H-2: needs 2 approvals, 0 so far"
                        """);
    }
}
