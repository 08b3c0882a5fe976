package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Consistency;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowerSearchTest {
    private static final HostPort PRIMARY = new HostPort("p", 1);
    private static final HostPort A = new HostPort("a", 1);
    private static final HostPort B = new HostPort("b", 1);

    private final FollowerLoad load = new FollowerLoad();
    private final Freshness nothingSeen = freshness();
    private final Leg onA = leg(A);

    /** The primary's log ends at 100 in every sample. */
    private static Freshness freshness() {
        return new Freshness(Consistency.SESSION, _ -> 100, new UserWrites(), "ana");
    }

    private static Freshness seenOn(Leg leg) {
        Freshness freshness = freshness();
        freshness.saw(leg, 1);
        return freshness;
    }

    private static Leg leg(HostPort host) {
        FakeLeg link = new FakeLeg(new Lane(frame -> ""), UnpooledByteBufAllocator.DEFAULT);
        return new Leg(LegRole.FOLLOWER, host, link, new BackendKey(1, new byte[4]), Map.of());
    }

    /** Polled just now. */
    private static Follower follower(HostPort host, long replayed, long lagMillis) {
        return new Follower(host, replayed, Duration.ofMillis(lagMillis), true, "", System.nanoTime());
    }

    private FollowerSearch search(@Nullable Leg open, Freshness freshness, Follower... followers) {
        return FollowerSearch.of(new Topology(PRIMARY, List.of(followers)), open, freshness, load);
    }

    @Test
    void theFollowerThatAnsweredLastIsKeptHoweverBusyItIs() {
        load.opened(A);
        load.opened(A);
        assertThat(search(onA, seenOn(onA), follower(A, 50, 900), follower(B, 200, 0)))
                .isEqualTo(new FollowerSearch.Found(A));
    }

    @Test
    void anotherOneMustHaveReplayedWhatWasSeen() {
        Follower gone = new Follower(A, Lsn.ZERO, null, false, "down", 0);
        assertThat(search(onA, seenOn(onA), gone, follower(B, 99, 900))).isEqualTo(new FollowerSearch.None());
        assertThat(search(onA, seenOn(onA), gone, follower(B, 99, 5))).isEqualTo(new FollowerSearch.Near());
        assertThat(search(onA, seenOn(onA), gone, follower(B, 100, 5))).isEqualTo(new FollowerSearch.Found(B));
    }

    @Test
    void aConnectionYoungerThanTheLastPollWaitsForTheNext() {
        Follower before = follower(A, 100, 0);
        Leg reopened = leg(A);
        Freshness seen = seenOn(leg(B));
        assertThat(search(reopened, seen, before, follower(B, 200, 0))).isEqualTo(new FollowerSearch.Near());
        assertThat(search(reopened, seen, follower(A, 100, 0))).isEqualTo(new FollowerSearch.Found(A));
        assertThat(search(reopened, nothingSeen, before)).isEqualTo(new FollowerSearch.Found(A));
    }

    @Test
    void aServerThatIsNoFollowerAnyMoreGetsNoReads() {
        assertThat(search(onA, seenOn(onA), follower(B, 100, 0))).isEqualTo(new FollowerSearch.Found(B));
        assertThat(search(onA, seenOn(onA))).isEqualTo(new FollowerSearch.None());
    }

    @Test
    void whoHasNoneGetsTheLeastBusy() {
        load.opened(A);
        assertThat(search(null, nothingSeen, follower(A, 100, 0), follower(B, 90, 400)))
                .isEqualTo(new FollowerSearch.Found(B));
        load.opened(B);
        load.opened(B);
        assertThat(search(null, nothingSeen, follower(A, 100, 0), follower(B, 90, 400)))
                .isEqualTo(new FollowerSearch.Found(A));
        load.closed(B);
        load.closed(B);
        assertThat(search(null, nothingSeen, follower(A, 100, 0), follower(B, 90, 400)))
                .isEqualTo(new FollowerSearch.Found(B));
    }

    @Test
    void equallyBusyOnesTakeTurns() {
        FollowerSearch one = search(null, nothingSeen, follower(A, 100, 0), follower(B, 100, 0));
        assertThat(search(null, nothingSeen, follower(A, 100, 0), follower(B, 100, 0)))
                .isNotEqualTo(one);
    }
}
