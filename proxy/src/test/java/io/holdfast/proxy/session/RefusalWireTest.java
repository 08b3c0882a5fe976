package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.poisoned;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalWireTest {
    private final Wire primary = wire().withoutFollower();

    @Test
    void aRuleRefusesWithItsMessage() {
        primary.withRules(refusing("TRUNCATE TABLE")).plays("""
                C> Query "truncate t"
                C< ErrorResponse S "ERROR" C "PW003" M "refused by rule \\"never\\"" D "ask the dba"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aRefusalWaitsForItsTurn() {
        primary.withRules(refusing("TRUNCATE TABLE")).plays("""
                C> Query "select 1"
                C> Query "truncate t"
                C> Query "select 2"
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW003"
                C< ReadyForQuery I
                P> Query "select 2"
                """);
    }

    @Test
    void aRefusalInATransactionFailsIt() {
        primary.withRules(refusing("TRUNCATE TABLE"))
                .plays(begun() + "C> Query \"truncate t\"\n" + poisoned('E', "C \"PW003\"")
                        + ran("rollback", "ROLLBACK", 'I'));
    }

    /** Or what the client sends behind it would run outside of any transaction, and its ROLLBACK would undo nothing. */
    @Test
    void aRefusalTogetherWithABeginLeavesTheClientInAFailedTransaction() {
        primary.withRules(refusing("TRUNCATE TABLE"))
                .plays("C> Query \"begin; truncate t\"\n"
                        + "P> Query \"BEGIN\"\n"
                        + "P> Execute \"holdfast_refused\" 0\n"
                        + "P> Flush\n"
                        + "P> Sync\n" + """
                        C> Query "delete from t where id = 1"
                        P< CommandComplete "BEGIN"
                        P< ReadyForQuery T
                        P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                        P< ReadyForQuery E
                        C< ErrorResponse S "ERROR" C "PW003"
                        C< ReadyForQuery E
                        P> Query "delete from t where id = 1"
                        P< ErrorResponse S "ERROR" C "25P02" M "current transaction is aborted"
                        P< ReadyForQuery E
                        C< ErrorResponse S "ERROR" C "25P02" M "current transaction is aborted"
                        C< ReadyForQuery E
                        """ + ran("rollback", "ROLLBACK", 'I'));
    }

    @Test
    void aRefusalTogetherWithABeginDiscardsUpToSyncAndLeavesTheClientInAFailedTransaction() {
        primary.withRules(refusing("TRUNCATE TABLE")).plays("""
                C> Parse "" "begin"
                C> Bind "" ""
                C> Execute "" 0
                C> Parse "" "truncate t"
                C> Bind "" ""
                C> Execute "" 0
                C> Flush
                P> Query "BEGIN"
                P> Execute "holdfast_refused" 0
                P> Flush
                P< CommandComplete "BEGIN"
                P< ReadyForQuery T
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                C< ErrorResponse S "ERROR" C "PW003"
                C> Parse "" "select 1"
                C> Sync
                P> Sync
                P< ReadyForQuery E
                C< ReadyForQuery E
                """ + ran("rollback", "ROLLBACK", 'I'));
    }

    @Test
    void aRefusedPartOfATransactionDiscardsUpToSync() {
        primary.withRules(refusing("TRUNCATE TABLE")).plays(begun() + """
                C> Parse "" "truncate t"
                C> Bind "" ""
                C> Execute "" 0
                C> Flush
                P> Execute "holdfast_refused" 0
                P> Flush
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                C< ErrorResponse S "ERROR" C "PW003"
                C> Query "select 1"
                C> Sync
                P> Sync
                P< ReadyForQuery E
                C< ReadyForQuery E
                """ + ran("rollback", "ROLLBACK", 'I'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set client_encoding to sjis",
                "set names 'big5'",
                "set client_encoding = 'GB18030'",
                "set session client_encoding = 'uhc'",
                "set local client_encoding = 'johab'",
                "select set_config('client_encoding', 'gbk', false)",
                "set standard_conforming_strings to off",
                "set standard_conforming_strings = 0",
                "set session_replication_role = replica",
                "select 1; set standard_conforming_strings = 'false'",
            })
    void whatWouldHideStatementsFromInspectionIsRefused(String sql) { // L-20 to L-23
        primary.plays("""
                C> Query "%s"
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """.formatted(sql) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void theSameInTheExtendedProtocol() {
        primary.plays("""
                C> Parse "" "set client_encoding to sjis"
                C> Bind "" ""
                C> Execute "" 0
                C> Sync
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aPinnedSettingThatChangedBehindOurBackEndsTheSession() {
        primary.plays("""
                C> Query "select f()"
                P> Query "select f()"
                P< CommandComplete "SELECT 1"
                P< ParameterStatus "standard_conforming_strings" "off"
                C< CommandComplete "SELECT 1"
                C< ParameterStatus "standard_conforming_strings" "off"
                C< ErrorResponse S "FATAL" C "08P01"
                C< Closed
                P> Closed
                """.replace("f()", "1"));
    }

    @Test
    void aTextThatIsTooLongIsRefusedAndTheSessionGoesOn() {
        primary.withInspectBytes(100).plays("""
                C> Query "%s"
                C< ErrorResponse S "ERROR" C "PW006" M "statement cannot be inspected: text is longer than 100 bytes"
                C< ReadyForQuery I
                """.formatted("x".repeat(200)) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aTextThatIsTooLongIsRefusedInItsTurn() {
        primary.withInspectBytes(100).plays("""
                C> Query "select 1"
                C> Query "%s"
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """.formatted("x".repeat(200)) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aParseThatIsTooLongIsRefusedAndEverythingUpToSyncDiscarded() {
        primary.withInspectBytes(100).plays("""
                C> Parse "a" "select 1"
                C> Parse "b" "%s"
                C< ErrorResponse S "ERROR" C "PW006"
                C> Bind "" "b"
                C> Query "select 2"
                C> Execute "" 0
                C> Sync
                C< ReadyForQuery I
                """.formatted("x".repeat(200)) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aParseThatIsTooLongIsRefusedBehindRepliesThatAreDue() {
        primary.withInspectBytes(100).plays("""
                C> Query "select 1"
                C> Parse "b" "%s"
                C> Sync
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """.formatted("x".repeat(200)) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aFunctionCallInATransactionFailsIt() {
        primary.plays(begun() + "C> FunctionCall 1598 [] [] 0\n" + poisoned('E', "C \"0A000\""));
    }

    @Test
    void whatCannotBeRecordedIsNotWrittenButReadsPass() {
        primary.plays("""
                @  audit fails
                C> Query "insert into t values (1)"
                C< ErrorResponse S "ERROR" C "PW007"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I') + "@  audit works\n"
                + ran("insert into t values (1)", "INSERT 0 1", 'I'));
    }

    private static RuleConfig refusing(String command) {
        When commands = new When(
                Set.of(),
                Set.of(command),
                List.of(),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of());
        return new RuleConfig("never", commands, new Action.Refuse("ask the dba"));
    }
}
