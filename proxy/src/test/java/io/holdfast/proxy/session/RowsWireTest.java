package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Wire.wire;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that depend on how many rows a unit touches: it is counted before it is judged, and waits for that. */
class RowsWireTest {
    private final Wire primary = wire().withoutFollower().withRules(over(10, "DELETE", "UPDATE", "INSERT"));

    private static final String HELD = """
            C> Query "delete from t where a"
            C< NoticeResponse M "held as H-1: needs 1 approval, 0 so far"
            @  hold is waiting
            """;

    private static RuleConfig over(long rows, String... commands) {
        When when = new When(
                Set.of(),
                Set.of(commands),
                When.ANYTHING.tables(),
                When.ANYTHING.functions(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                When.ANYTHING.networks());
        return new RuleConfig("many", when.over(rows), new Action.Hold(1, Wire.TIMEOUT));
    }

    private static String ran(String sql, String tag, char status) {
        return """
                C> Query "%1$s"
                P> Query "%1$s"
                P< CommandComplete "%2$s"
                P< ReadyForQuery %3$s
                C< CommandComplete "%2$s"
                C< ReadyForQuery %3$s
                """.formatted(sql, tag, status);
    }

    @Test
    void fewRowsGoOn() {
        primary.plays("@  rows are 10\n" + ran("delete from t where a", "DELETE 10", 'I')
                + "@  rows asked DELETE [] unseen []");
    }

    @Test
    void manyRowsAreHeld() {
        primary.plays("@  rows are 11\n" + HELD);
    }

    @Test
    void rowsThatNobodyCanCountAreHeld() {
        primary.plays("@  rows are unknown\n" + HELD);
    }

    @Test
    void whatTheRuleIsNotAboutIsNotCounted() {
        primary.plays(ran("select 1", "SELECT 1", 'I')
                + ran("insert into t values (1)", "INSERT 0 1", 'I')
                + ran("insert into t values (1), (2) on conflict (a) do update set b = 1", "INSERT 0 2", 'I')
                + "@  rows asked nothing");
    }

    @Test
    void nothingIsSentBeforeTheCountIsThereAndNothingBehindIt() {
        primary.plays("""
                @  rows slow
                C> Query "delete from t where a"
                C> Query "select 2"
                @  rows answer
                P> Query "delete from t where a"
                P< CommandComplete "DELETE 0"
                P< ReadyForQuery I
                C< CommandComplete "DELETE 0"
                C< ReadyForQuery I
                P> Query "select 2"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aCancelEndsTheWaitForTheCount() {
        primary.plays("""
                @  rows slow
                C> Query "delete from t where a"
                @  cancel
                C< ErrorResponse S "ERROR" C "57014" M "canceling statement due to user request"
                C< ReadyForQuery I
                """ + ran("select 2", "SELECT 1", 'I') + "@  rows answer\n" + ran("select 3", "SELECT 1", 'I'));
    }

    @Test
    void aClientThatLeavesIsNotCountedOn() {
        primary.plays("""
                @  rows slow
                C> Query "delete from t where a"
                @  client gone
                P> Closed
                @  rows answer
                """);
    }

    @Test
    void whatItsTransactionHasChangedIsToldToWhoeverCounts() {
        primary.plays(ran("begin", "BEGIN", 'T')
                + ran("insert into other values (1)", "INSERT 0 1", 'T')
                + "@  rows are 1\n"
                + ran("update t set a = true where b", "UPDATE 1", 'T')
                + ran("delete from t where a", "DELETE 1", 'T')
                + ran("commit", "COMMIT", 'I')
                + ran("delete from t where a", "DELETE 1", 'I')
                + "@  rows asked UPDATE [] unseen [other]; DELETE [] unseen [other, t]; DELETE [] unseen []");
    }

    @Test
    void whatComesBeforeItInOneQueryIsTold() {
        primary.plays(ran("update t set a = true where b; delete from t where a", "DELETE 0", 'I')
                + "@  rows asked UPDATE [] unseen []; DELETE [] unseen [t]");
    }

    @Test
    void boundValuesAreCountedWith() {
        primary.plays("""
                @  rows are 3
                C> Parse "" "delete from t where a = $1"
                C> Bind "" "" [] ["7"] []
                C> Execute "" 0
                C> Sync
                P> Parse "" "delete from t where a = $1"
                P> Bind "" "" [] ["7"] []
                P> Execute "" 0
                P> Sync
                P< ParseComplete
                P< BindComplete
                P< CommandComplete "DELETE 3"
                P< ReadyForQuery I
                C< ParseComplete
                C< BindComplete
                C< CommandComplete "DELETE 3"
                C< ReadyForQuery I
                @  rows asked DELETE [7] unseen []
                """);
    }
}
