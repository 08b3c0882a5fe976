package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final HostPort A = new HostPort("a", 1);
    private static final HostPort B = new HostPort("b", 2);
    private static final HostPort P = new HostPort("p", 3);

    private static Follower follower(HostPort host, long lsn, long lagMillis) {
        return new Follower(host, lsn, Duration.ofMillis(lagMillis), true, "", 0);
    }

    @Test
    void leastLagComesFirst() {
        assertThat(new Topology(P, List.of(follower(A, 10, 5), follower(B, 10, 3))).freshest(10))
                .contains(B);
    }

    @Test
    void followerThatHasNotReplayedEnoughIsLeftOut() {
        Topology topology = new Topology(P, List.of(follower(A, 12, 5), follower(B, 10, 3)));
        assertThat(topology.freshest(11)).contains(A);
        assertThat(topology.freshest(13)).isEmpty();
    }

    @Test
    void unusableFollowerIsLeftOut() {
        assertThat(new Topology(P, List.of(new Follower(A, 10, Duration.ZERO, false, "lags", 0))).freshest(Lsn.ZERO))
                .isEmpty();
    }

    @Test
    void noFollowerIsFreshEnoughForAnLsnThatIsNotKnownYet() {
        assertThat(new Topology(P, List.of(follower(A, Lsn.parse("FFFFFFF/0"), 0))).freshest(UpstreamState.NOT_YET))
                .isEmpty();
    }

    @Test
    void saysOfEveryHostWhyItIsNotThePrimary() {
        Topology topology =
                new Topology(null, List.of(new Follower(P, 0, null, false, "down: refused", 0), follower(A, 1, 0)));
        assertThat(topology.whyNoPrimary()).isEqualTo("no primary: p:3: down: refused; a:1 is a follower");
        assertThat(new Topology(P, List.of()).whyNoPrimary()).isEmpty();
    }
}
