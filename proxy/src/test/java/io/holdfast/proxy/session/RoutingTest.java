package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.proxy.policy.Destination;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final HostPort PRIMARY = FakeServers.PRIMARY;
    private static final HostPort FOLLOWER = FakeServers.FOLLOWER;

    /** In a transaction, replies due, active, pinned, follower known, primary known, may fall back; where a read goes. */
    @ParameterizedTest
    @CsvSource({
        "no,  no,  none,     no,  yes, yes, yes, follower",
        "no,  no,  PRIMARY,  no,  yes, yes, yes, follower",
        "no,  no,  FOLLOWER, no,  yes, yes, yes, follower",
        "no,  yes, FOLLOWER, no,  yes, yes, yes, follower",
        "no,  yes, PRIMARY,  no,  yes, yes, yes, later",
        "no,  no,  none,     no,  yes, no,  yes, follower",
        "no,  no,  none,     no,  no,  yes, yes, primary",
        "no,  yes, PRIMARY,  no,  no,  yes, yes, primary",
        "no,  yes, FOLLOWER, no,  no,  yes, yes, later",
        "no,  no,  none,     no,  no,  yes, no,  nowhere",
        "no,  no,  none,     no,  no,  no,  yes, nowhere",
        "no,  no,  none,     yes, yes, yes, yes, primary",
        "no,  yes, FOLLOWER, yes, yes, yes, yes, later",
        "no,  no,  none,     yes, yes, no,  yes, nowhere",
        "yes, no,  PRIMARY,  no,  yes, yes, yes, primary",
        "yes, yes, PRIMARY,  no,  yes, yes, yes, primary",
    })
    void aReadGoes(
            String transaction,
            String due,
            String active,
            String pinned,
            String follower,
            String primary,
            String fallback,
            String expected) {
        Route route = Routing.route(
                query("select 1"),
                new Routing.Situation(
                        yes(transaction),
                        yes(due),
                        active.equals("none") ? null : LegRole.valueOf(active),
                        yes(pinned) ? "a temporary table" : null,
                        yes(follower) ? FOLLOWER : null,
                        false,
                        yes(primary) ? PRIMARY : null,
                        null,
                        yes(fallback)));
        assertThat(name(route)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 1; select 2",
                "table t",
                "values (1)",
                "show work_mem",
                "explain delete from t",
                "copy t to stdout",
                "set work_mem = '1MB'",
                ""
            })
    void readsGoToTheFollower(String sql) {
        assertThat(name(Routing.route(query(sql), idle()))).isEqualTo("follower");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t values (1)",
                "select 1; insert into t values (1)",
                "with d as (delete from t returning *) select * from d",
                "select * from t for update",
                "explain analyze delete from t",
                "begin",
                "begin read write",
                "commit",
                "savepoint s",
                "set role app",
                "set transaction read write",
                "set local work_mem = '1MB'",
                "reset all",
                "discard all",
                "prepare s as select 1",
                "execute s",
                "deallocate s",
                "fetch c",
                "close c",
                "listen c",
                "notify c",
                "lock table t",
                "select nextval('s')",
                "select currval('s')",
                "select pg_advisory_lock(1)",
                "create temp table x (n int)",
                "selec 1",
                "do $$ begin end $$"
            })
    void everythingElseGoesToThePrimary(String sql) {
        assertThat(name(Routing.route(query(sql), idle()))).isEqualTo("primary");
    }

    @Test
    void aPartOfAUnitGoesToThePrimaryBecauseTheRestIsNotKnown() {
        Unit unit = new Unit();
        unit.add(UnitMessage.Execute.INSTANCE);
        unit.add(UnitMessage.Flush.INSTANCE);
        assertThat(name(Routing.route(unit, idle()))).isEqualTo("primary");
    }

    @Test
    void aCallByOidGoesToThePrimary() {
        Unit unit = new Unit();
        unit.add(new UnitMessage.FunctionCall(954));
        assertThat(name(Routing.route(unit, idle()))).isEqualTo("primary");
    }

    @Test
    void aStatementThatOnlySqlPreparedIsOnThePrimary() {
        Unit unit = new Unit();
        unit.add(new UnitMessage.Bind(null, "s", "", 0, 10, 0));
        unit.add(UnitMessage.Sync.INSTANCE);
        assertThat(name(Routing.route(unit, idle()))).isEqualTo("primary");
    }

    @Test
    void aWriteThatIsOnlyPreparedGoesWhereItWillRun() {
        byte[] sql = "insert into t values (1)".getBytes(StandardCharsets.US_ASCII);
        SqlFacts facts = StatementReader.read(sql, 0, sql.length);
        Unit unit = new Unit();
        unit.parses(facts.statements());
        unit.add(new UnitMessage.Parse(new PreparedStatement("s", sql, new int[0], facts)));
        unit.add(UnitMessage.Sync.INSTANCE);
        assertThat(name(Routing.route(unit, idle()))).isEqualTo("primary");
    }

    @Test
    void onlyWhatAFollowerCanServeWaitsForOne() {
        var almost = new Routing.Situation(false, false, null, null, null, true, PRIMARY, null, true);
        assertThat(name(Routing.route(query("select 1"), almost))).isEqualTo("shortly");
        assertThat(name(Routing.route(query("insert into t values (1)"), almost)))
                .isEqualTo("primary");
    }

    @Test
    void aRuleDecidesBeforeAnythingElse() {
        var primary = new Destination("etl", Target.PRIMARY);
        var follower = new Destination("analysts", Target.FOLLOWER);
        assertThat(name(Routing.route(query("select 1"), ruled(FOLLOWER, primary))))
                .isEqualTo("primary");
        assertThat(name(Routing.route(query("begin"), ruled(FOLLOWER, follower))))
                .isEqualTo("follower");
        assertThat(name(Routing.route(query("select 1"), ruled(null, follower))))
                .as("never the primary")
                .isEqualTo("nowhere");
    }

    private static Routing.Situation ruled(@Nullable HostPort follower, Destination destination) {
        return new Routing.Situation(false, false, null, null, follower, false, PRIMARY, destination, true);
    }

    private static Routing.Situation idle() {
        return new Routing.Situation(false, false, null, null, FOLLOWER, false, PRIMARY, null, true);
    }

    private static Unit query(String text) {
        byte[] sql = text.getBytes(StandardCharsets.US_ASCII);
        SqlFacts facts = StatementReader.read(sql, 0, sql.length);
        Unit unit = new Unit();
        unit.executes(facts.statements(), sql);
        unit.add(new UnitMessage.Query(sql));
        return unit;
    }

    private static boolean yes(String value) {
        return value.equals("yes");
    }

    private static String name(Route route) {
        return switch (route) {
            case Route.Primary _, Route.Detour _ -> "primary";
            case Route.Shortly _ -> "shortly";
            case Route.Follower _ -> "follower";
            case Route.AfterReplies _ -> "later";
            case Route.Nowhere _ -> "nowhere";
        };
    }
}
