package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.address;
import static io.holdfast.proxy.upstream.Live.execute;
import static io.holdfast.proxy.upstream.Live.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PromotionTest {
    @Test
    void promotionIsNoticedAndASecondPrimaryIsTrustedByNobody() throws SQLException {
        try (PostgresCluster cluster = PostgresCluster.builder().standbys(1).start();
                UpstreamMonitor monitor =
                        Live.monitor(Live.upstream(Live.superuser(cluster), cluster.primary(), cluster.standby()))) {
            until(() -> address(cluster.primary()).equals(monitor.topology().primary()));

            execute(cluster.standby(), "SELECT pg_promote()");
            until(() -> monitor.topology().primary() == null);
            assertThat(monitor.topology().whyNoPrimary()).contains("one of several that claim to be the primary");
            assertThat(monitor.topology().freshest(Lsn.ZERO)).isEmpty();

            cluster.primary().stop(PostgresServer.Mode.FAST);
            until(() -> address(cluster.standby()).equals(monitor.topology().primary()));
            long now = System.nanoTime();
            until(() -> monitor.insertLsnAfter(now) != UpstreamState.NOT_YET);
        }
    }

    @Test
    void serversOfTwoClustersAreNotMixed() {
        try (PostgresCluster ours = PostgresCluster.builder().start();
                PostgresCluster theirs = PostgresCluster.builder()
                        .superuser(ours.superuser(), ours.password())
                        .standbys(1)
                        .start();
                UpstreamMonitor monitor =
                        Live.monitor(Live.upstream(Live.superuser(ours), ours.primary(), theirs.standby()))) {
            assertThat(monitor.topology().primary()).isEqualTo(address(ours.primary()));
            assertThat(monitor.topology().freshest(Lsn.ZERO)).isEmpty();
            assertThat(monitor.topology().followers().getFirst().why()).startsWith("belongs to another cluster");
        }
    }
}
