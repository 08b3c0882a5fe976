package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.readOnFollower;
import static io.holdfast.proxy.session.Wire.wire;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.config.RuleConfig.When;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that say where the user's statements run. */
class DestinationWireTest {
    private static final String REFUSED = """
            C< ErrorResponse S "ERROR" C "PW003" M "refused by rule \\"bo's\\""
            C< ReadyForQuery I
            """;

    private final Wire onFollowers = wire().withRules(rule(Target.FOLLOWER));
    private final Wire onPrimary = wire().withRules(rule(Target.PRIMARY));

    private static RuleConfig rule(Target target) {
        When bo = new When(
                Set.of(), Set.of(), List.of(), List.of(), false, Set.of("bo"), Set.of(), Set.of(), Set.of(), List.of());
        return new RuleConfig("bo's", bo, new Action.Route(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t values (1)",
                "truncate t",
                "create temp table x (n int)",
                "listen c",
                "prepare s as select 1",
                "set role app",
                "nonsense"
            })
    void whatAFollowerCannotServeIsRefused(String sql) {
        onFollowers.plays("""
                C> Query "%s"
                """.formatted(sql) + REFUSED + readOnFollower("select 1"));
    }

    @Test
    void anyTransactionRunsOnTheFollower() {
        onFollowers.plays("""
                C> Query "begin"
                R> Query "begin"
                R< CommandComplete "BEGIN"
                R< ReadyForQuery T
                C< CommandComplete "BEGIN"
                C< ReadyForQuery T
                C> Query "select 1"
                R> Query "select 1"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery T
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery T
                C> Query "insert into t values (1)"
                R> Execute "holdfast_refused" 0
                R> Flush
                R> Sync
                R< ErrorResponse S "ERROR" C "34000" M "portal does not exist"
                R< ReadyForQuery E
                C< ErrorResponse S "ERROR" C "PW003"
                C< ReadyForQuery E
                """);
    }

    @Test
    void whatAFollowerRefusesIsNotTriedOnThePrimary() {
        onFollowers.plays("""
                C> Query "select 1"
                R> Query "select 1"
                R< ErrorResponse S "ERROR" C "0A000" M "cannot access temporary or unlogged relations during recovery"
                R< ReadyForQuery I
                """ + REFUSED + readOnFollower("select 2"));
    }

    @Test
    void withoutAFollowerThereIsAnError() {
        onFollowers.plays("""
                @  follower down
                C> Query "select 1"
                @  time 2S
                C< ErrorResponse S "ERROR" C "PW009" M "no fresh follower is reachable"
                C< ReadyForQuery I
                """);
    }

    @Test
    void whoBelongsOnThePrimaryReadsThere() {
        onPrimary.plays("""
                C> Query "select 1"
                P> Connect
                P> Query "select 1"
                P< CommandComplete "SELECT 1"
                P< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                C> Query "begin read only"
                P> Query "begin read only"
                """);
    }
}
