package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Consistency;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.UpstreamState;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final long NOT_YET = UpstreamState.NOT_YET;

    private final TreeMap<Long, Long> samples = new TreeMap<>();
    private final UserWrites writes = new UserWrites();
    private final Leg primary = leg(LegRole.PRIMARY, "p");
    private final Leg a = leg(LegRole.FOLLOWER, "a");

    private static Leg leg(LegRole role, String host) {
        FakeLeg link = new FakeLeg(new Lane(frame -> ""), UnpooledByteBufAllocator.DEFAULT);
        return new Leg(role, new HostPort(host, 5432), link, new BackendKey(1, new byte[4]), Map.of());
    }

    private Freshness freshness(Consistency consistency) {
        return new Freshness(consistency, this::firstSince, writes, "ana");
    }

    private long firstSince(long time) {
        Map.Entry<Long, Long> sample = samples.ceilingEntry(time);
        return sample == null ? NOT_YET : sample.getValue();
    }

    @Test
    void whoHasSeenNothingMayReadAnywhere() {
        assertThat(freshness(Consistency.SESSION).required(null)).isEqualTo(Lsn.ZERO);
    }

    @Test
    void afterAWriteTheFirstLaterSampleIsTheBoundAndStaysIt() {
        Freshness ana = freshness(Consistency.SESSION);
        samples.put(5L, 50L);
        ana.wrote(primary, 10);
        assertThat(ana.required(a)).isEqualTo(NOT_YET);
        samples.put(12L, 60L);
        samples.put(20L, 99L);
        assertThat(ana.required(a)).isEqualTo(60);
        samples.put(11L, 55L);
        assertThat(ana.required(a)).as("fixed").isEqualTo(60);
    }

    @Test
    void aReadOnThePrimaryMovesTheBoundAsAWriteDoes() {
        Freshness ana = freshness(Consistency.SESSION);
        ana.saw(primary, 10);
        assertThat(ana.required(a)).isEqualTo(NOT_YET);
        samples.put(10L, 70L);
        assertThat(ana.required(a)).isEqualTo(70);
    }

    @Test
    void theConnectionThatAnsweredLastNeedsNothing() {
        Freshness ana = freshness(Consistency.SESSION);
        ana.saw(a, 10);
        assertThat(ana.required(a)).isEqualTo(Lsn.ZERO);
    }

    @Test
    void anotherFollowerMustHaveAllThatTheFirstCanHaveShown() {
        Freshness ana = freshness(Consistency.SESSION);
        Leg b = leg(LegRole.FOLLOWER, "b");
        ana.saw(a, 10);
        assertThat(ana.required(b)).isEqualTo(NOT_YET);
        assertThat(ana.required(null)).isEqualTo(NOT_YET);
        samples.put(11L, 80L);
        assertThat(ana.required(b)).isEqualTo(80);
    }

    @Test
    void aNewConnectionToTheSameFollowerIsAnotherFollower() {
        Freshness ana = freshness(Consistency.SESSION);
        ana.saw(a, 10);
        assertThat(ana.required(leg(LegRole.FOLLOWER, "a"))).isEqualTo(NOT_YET);
    }

    @Test
    void writesOfTheSameUserElsewhereCountWhereConfigured() {
        Freshness ana = freshness(Consistency.USER);
        Freshness anaToo = freshness(Consistency.USER);
        Freshness other = freshness(Consistency.SESSION);
        ana.saw(a, 5);
        anaToo.wrote(primary, 10);
        samples.put(7L, 65L);
        assertThat(ana.required(a)).as("also of a follower that it is on").isEqualTo(NOT_YET);
        assertThat(other.required(a)).isEqualTo(Lsn.ZERO);
        samples.put(10L, 70L);
        assertThat(ana.required(a)).isEqualTo(70);
        assertThat(ana.required(null)).isEqualTo(70);
    }

    @Test
    void withoutConsistencyNothingIsRequired() {
        Freshness ana = freshness(Consistency.NONE);
        ana.wrote(primary, 10);
        assertThat(ana.required(null)).isEqualTo(Lsn.ZERO);
    }
}
