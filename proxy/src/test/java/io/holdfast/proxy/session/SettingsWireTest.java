package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.failed;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Talk.readOnFollower;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State that both servers share, and state that keeps a session on the primary. */
class SettingsWireTest {
    private static final String FOLLOWER_UP = "@  follower up\n";

    private final Wire primary = wire().withoutFollower();

    @Test
    void aSettingIsRepeatedOnTheOtherServerBeforeItsNextUnit() {
        wire().plays("""
                C> Query "set work_mem = '64MB' -- more"
                R> Query "set work_mem = '64MB' -- more"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                C< CommandComplete "SET"
                C< ReadyForQuery I
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "set work_mem = '64MB'\\n;"
                P< CommandComplete "SET"
                P< NoticeResponse S "NOTICE" M "to nobody"
                P< ReadyForQuery I
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                """ + ran("insert into t values (2)", "INSERT 0 1", 'I'));
    }

    @Test
    void onlyTheNewestValueOfEachSettingIsRepeated() {
        wire().plays("""
                C> Query "set work_mem = '1MB'; set search_path = a; set work_mem = '2MB'"
                R> Query "set work_mem = '1MB'; set search_path = a; set work_mem = '2MB'"
                R< CommandComplete "SET"
                R< CommandComplete "SET"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                C< CommandComplete "SET"
                C< CommandComplete "SET"
                C< CommandComplete "SET"
                C< ReadyForQuery I
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "set search_path = a\\n;set work_mem = '2MB'\\n;"
                P< CommandComplete "SET"
                P< ReadyForQuery I
                P> Query "insert into t values (1)"
                """);
    }

    @Test
    void aSettingThatFailedIsNotRepeated() {
        wire().plays("""
                C> Query "set work_mem = 'much'"
                R> Query "set work_mem = 'much'"
                R< ErrorResponse S "ERROR" C "22023" M "invalid value"
                R< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "22023" M "invalid value"
                C< ReadyForQuery I
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "insert into t values (1)"
                """);
    }

    @Test
    void aSettingThatCannotBeRepeatedKeepsTheSessionOnThePrimary() {
        primary.plays(ran("set work_mem = '64MB'", "SET", 'I') + FOLLOWER_UP + """
                C> Query "select 1"
                R> Connect
                R> Query "set work_mem = '64MB'\\n;"
                R< ErrorResponse S "ERROR" C "22023" M "invalid value"
                R< ReadyForQuery I
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    /** Or a write would go to another schema than its client believes. */
    @Test
    void aSettingThatCannotBeRepeatedOnThePrimaryEndsTheSession() {
        wire().plays("""
                C> Query "set search_path = a"
                R> Query "set search_path = a"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                C< CommandComplete "SET"
                C< ReadyForQuery I
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "set search_path = a\\n;"
                P< ErrorResponse S "ERROR" C "22023" M "invalid value"
                C< ErrorResponse S "FATAL" C "57P01" D "settings could not be mirrored: invalid value"
                C< Closed
                P> Closed
                R> Closed
                """);
    }

    @Test
    void aSettingOfACommittedTransactionIsRepeated() {
        primary.plays(
                FOLLOWER_UP + begun() + ran("set search_path = a", "SET", 'T') + ran("commit", "COMMIT", 'I') + """
                C> Query "select 1"
                R> Connect
                R> Query "set search_path = a\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                R> Query "select 1"
                """);
    }

    @Test
    void aSettingOfATransactionThatWasRolledBackIsNot() {
        primary.plays(FOLLOWER_UP + begun() + ran("set search_path = a", "SET", 'T') + ran("rollback", "ROLLBACK", 'I')
                + """
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void aSettingOfATransactionThatCommitRolledBackIsNot() {
        primary.plays(FOLLOWER_UP + begun() + ran("set search_path = a", "SET", 'T') + failed("select 1/0")
                + ran("commit", "ROLLBACK", 'I') + """
                @  follower replayed
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void aSettingIsCommittedByCommitAndChain() {
        primary.plays(
                FOLLOWER_UP + begun() + ran("set search_path = a", "SET", 'T') + ran("commit and chain", "COMMIT", 'T')
                        + ran("rollback", "ROLLBACK", 'I') + """
                C> Query "select 1"
                R> Connect
                R> Query "set search_path = a\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                R> Query "select 1"
                """);
    }

    @Test
    void aSettingUnderASavepointThatWasRolledBackKeepsTheSessionOnThePrimary() { // T-03
        primary.plays(FOLLOWER_UP
                + begun()
                + ran("savepoint s", "SAVEPOINT", 'T')
                + ran("set search_path = a", "SET", 'T')
                + ran("rollback to s", "ROLLBACK", 'T')
                + ran("commit", "COMMIT", 'I')
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void setLocalEndsWithItsTransaction() {
        primary.plays(FOLLOWER_UP + begun() + ran("set local search_path = a", "SET", 'T')
                + ran("commit", "COMMIT", 'I') + """
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void aSettingThatIsNotKnownToMeanTheSameKeepsTheSessionOnThePrimaryUntilDiscardAll() {
        primary.plays(FOLLOWER_UP + ran("set role app", "SET", 'I') + ran("select 1", "SELECT 1", 'I')
                + ran("discard all", "DISCARD ALL", 'I') + """
                @  follower replayed
                C> Query "select 1"
                R> Connect
                R> Query "RESET ALL\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                R> Query "select 1"
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            set role app                          | reset role
            set transform_null_equals = on        | reset transform_null_equals
            set default_transaction_isolation = serializable | reset default_transaction_isolation
            listen c                              | unlisten c
            listen c                              | unlisten *
            declare c cursor with hold for select 1 | close c
            declare c cursor with hold for select 1 | close all
            create temp table x (n int)           | discard temp
            """)
    void whatIsGivenUpKeepsTheSessionNoLonger(String pins, String unpins) {
        String read = """
                @  follower replayed
                C> Query "select 1"
                R> Connect
                """;
        String repeated = unpins.contains("isolation") ? """
                R> Query "%s\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                """.formatted(unpins) : "";
        primary.plays(FOLLOWER_UP + ran(pins, "SET", 'I') + ran("select 1", "SELECT 1", 'I')
                + ran("begin", "BEGIN", 'T') + ran(unpins, "RESET", 'T') + ran("rollback", "ROLLBACK", 'I')
                + ran("select 1", "SELECT 1", 'I')
                + ran(unpins, "RESET", 'I') + read + repeated + "R> Query \"select 1\"\n");
    }

    @Test
    void aTemporaryTableKeepsTheSessionOnThePrimaryUntilDiscardAll() {
        primary.plays(FOLLOWER_UP + ran("create temp table x (n int)", "CREATE TABLE", 'I') + "@  follower replayed\n"
                + ran("select 1", "SELECT 1", 'I') + ran("discard all", "DISCARD ALL", 'I') + """
                C> Query "select 1"
                R> Connect
                R> Query "RESET ALL\\n;"
                R< CommandComplete "SET"
                R< ReadyForQuery I
                R> Query "select 1"
                """);
    }

    @Test
    void aReadThatIsPipelinedBehindATemporaryTableSeesIt() {
        primary.plays(FOLLOWER_UP + """
                @  follower replayed
                C> Query "create temp table x (n int)"
                C> Query "select n from x"
                P> Query "create temp table x (n int)"
                P< CommandComplete "CREATE TABLE"
                P< ReadyForQuery I
                C< CommandComplete "CREATE TABLE"
                C< ReadyForQuery I
                P> Query "select n from x"
                """);
    }

    @Test
    void aReadAfterAWriteGoesToThePrimaryUntilTheFollowerHasReplayedIt() {
        primary.plays(FOLLOWER_UP + "@  primary unsampled\n" + ran("insert into t values (1)", "INSERT 0 1", 'I')
                + ran("select 1", "SELECT 1", 'I') + "@  primary sampled\n" + ran("select 1", "SELECT 1", 'I') + """
                @  follower replayed
                C> Query "select 1"
                R> Connect
                R> Query "select 1"
                """);
    }

    @Test
    void aReadAfterATransactionThatWroteGoesToThePrimary() {
        primary.plays(FOLLOWER_UP
                + begun()
                + ran("insert into t values (1)", "INSERT 0 1", 'T')
                + ran("commit", "COMMIT", 'I')
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void theClientIsToldOfWhatHasChangedOnAServerSinceItAnswered() {
        wire().plays(readOnFollower("select 1") + """
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                R< ParameterStatus "DateStyle" "German"
                @  follower replayed
                C> Query "select 1"
                R> Query "select 1"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ParameterStatus "DateStyle" "German"
                C< ReadyForQuery I
                """ + readOnFollower("select 1"));
    }

    @Test
    void theClientIsToldOfAChangeOnce() {
        wire().plays("""
                C> Query "set application_name = 'x'"
                R> Query "set application_name = 'x'"
                R< CommandComplete "SET"
                R< ParameterStatus "application_name" "x"
                R< ReadyForQuery I
                C< CommandComplete "SET"
                C< ParameterStatus "application_name" "x"
                C< ReadyForQuery I
                C> Query "insert into t values (1)"
                P> Connect
                P> Query "set application_name = 'x'\\n;"
                P< CommandComplete "SET"
                P< ParameterStatus "application_name" "x"
                P< ReadyForQuery I
                P> Query "insert into t values (1)"
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                @  follower replayed
                """ + readOnFollower("select 1"));
    }
}
