package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Messages larger than any buffer, and more of them than anybody would send. */
class LargeMessagesWireTest {
    private static final String VALUE = "x".repeat((1 << 20) + 1000);

    private final Wire primary = wire().withoutFollower();

    @Test
    void aLargeBindStreams() {
        primary.plays("""
                C> Parse "" "insert into t values ($1)"
                C> Bind "" "" [] ["%1$s"] []
                C> Execute "" 0
                C> Sync
                P> Parse "" "insert into t values ($1)"
                P> Bind "" "" [] ["%1$s"] []
                P> Execute "" 0
                P> Sync
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "INSERT 0 1"
                P< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "INSERT 0 1"
                C< ReadyForQuery I
                """.formatted(VALUE) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aLargeBindWaitsForItsTurn() {
        wire().plays("""
                C> Query "select 1"
                C> Parse "" "insert into t values ($1)"
                C> Bind "" "" [] ["%1$s"] []
                C> Execute "" 0
                C> Sync
                R> Query "select 1"
                R< CommandComplete "SELECT 1"
                C< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< ReadyForQuery I
                P> Connect
                P> Parse "" "insert into t values ($1)"
                P> Bind "" "" [] ["%1$s"] []
                P> Execute "" 0
                P> Sync
                """.formatted(VALUE));
    }

    @Test
    void aLargeBindOfWhatMustBeHeldIsRefusedAsNobodyCouldReadIt() {
        primary.plays("""
                C> Parse "s" "delete from t where true"
                C> Sync
                P> Parse "s" "delete from t where true"
                P> Sync
                P< ParseComplete
                P< ReadyForQuery I
                C< ParseComplete
                C< ReadyForQuery I
                C> Bind "" "s" [] ["%1$s"] []
                C> Execute "" 0
                C> Sync
                C< ErrorResponse S "ERROR" C "PW006"
                C< ReadyForQuery I
                """.formatted(VALUE) + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void aLargeRowGoesByWithoutBeingKept() {
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                P< DataRow ["%1$s"]
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< DataRow ["%1$s"]
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """.formatted(VALUE));
    }

    @Test
    void aThousandStatementsBeforeOneSyncAreJudgedInParts() {
        String batch = """
                Parse "" "insert into t values (1)"
                Bind "" ""
                Execute "" 0
                """.repeat(1_000);
        primary.plays(lane("C>", batch) + "C> Sync\n" + lane("P>", batch) + "P> Sync\n");
    }

    @Test
    void aDestructiveStatementBehindAThousandOthersIsRefusedAndUndoesThem() {
        String insert = """
                Parse "" "insert into t values (1)"
                Bind "" ""
                Execute "" 0
                """;
        String inserted = """
                ParseComplete
                BindComplete
                CommandComplete "INSERT 0 1"
                """;
        // 56 bytes each: the first part ends behind 64 KiB, with the Parse of the next
        String part = insert.repeat(1_170) + "Parse \"\" \"insert into t values (1)\"\n";
        String replies = inserted.repeat(1_170) + "ParseComplete\n";
        primary.plays(lane("C>", insert.repeat(1_300)) + """
                C> Parse "" "delete from t"
                C> Bind "" ""
                C> Execute "" 0
                C> Sync
                """ + lane("P>", part) + "P> Flush\n" + lane("P<", replies)
                + lane("C<", replies) + """
                P> Execute "holdfast_refused" 0
                P> Flush
                P> Sync
                P< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "PW004"
                C< ReadyForQuery I
                """);
    }

    @Test
    void anErrorThatQuotesMegabytesIsRelayed() {
        String quoted = "x".repeat(2 << 20);
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                P< ErrorResponse S "ERROR" C "22P02" M "%1$s" R "pg_strtoint32"
                P< ReadyForQuery I
                C< ErrorResponse S "ERROR" C "22P02" M "%1$s" R "pg_strtoint32"
                C< ReadyForQuery I
                """.formatted(quoted));
    }

    @Test
    void tenThousandMessagesInOneSegment() {
        String queries = "Query \"select 1\"\n".repeat(10_000);
        primary.plays(lane("C>", queries) + lane("P>", queries));
    }

    private static String lane(String lane, String frames) {
        return frames.lines().map(frame -> lane + ' ' + frame + '\n').collect(Collectors.joining());
    }
}
