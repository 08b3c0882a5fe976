package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users that a rule keeps on followers, or on the primary. */
@Timeout(120)
class DestinationTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .rules(rule("analysts read", "bo", Target.FOLLOWER), rule("no lag", "ana", Target.PRIMARY))
            .start();

    private static RuleConfig rule(String name, String user, Target target) {
        When when = new When(
                Set.of(), Set.of(), List.of(), List.of(), false, Set.of(user), Set.of(), Set.of(), Set.of(), List.of());
        return new RuleConfig(name, when, new Action.Route(target));
    }

    @Test
    void anAnalystNeverTouchesThePrimary() throws SQLException {
        proxy.servers().execute("CREATE TABLE analysed (n int)", "INSERT INTO analysed VALUES (1)");
        try (Connection bo = proxy.connect("bo")) {
            for (boolean autoCommit : new boolean[] {true, false}) {
                bo.setAutoCommit(autoCommit);
                assertThat(Sql.onFollower(bo)).isTrue();
                assertThat(Sql.number(bo, "SELECT count(*) FROM analysed")).isEqualTo(1);
                if (!autoCommit) {
                    bo.rollback();
                }
            }
            bo.setAutoCommit(true);
            Sql.run(bo, "DISCARD ALL");
            SQLException refused = Failure.of("PW003", () -> Sql.run(bo, "DELETE FROM analysed WHERE n = 1"));
            assertThat(refused.getMessage()).contains("refused by rule \"analysts read\"", "followers only", "DELETE");
            Failure.of("PW003", () -> Sql.run(bo, "BEGIN READ WRITE"));
            Failure.of(
                    "25P02",
                    () -> Sql.run(bo, "SELECT 1")); // or it would not be part of what bo believes to have begun
            Sql.run(bo, "ROLLBACK");
            assertThat(Sql.number(bo, "SELECT count(*) FROM analysed")).isEqualTo(1);
        }
        try (Connection direct = proxy.servers().superuser()) {
            assertThat(Sql.number(direct, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'bo'"))
                    .isZero();
        }
    }

    @Test
    void whoMustNotLagReadsFromThePrimary() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            assertThat(Sql.onFollower(ana)).isFalse();
            ana.setReadOnly(true);
            ana.setAutoCommit(false);
            assertThat(Sql.onFollower(ana)).isFalse();
            ana.rollback();
        }
    }
}
