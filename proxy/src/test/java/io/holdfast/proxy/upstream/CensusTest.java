package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.HostAnswer.Down;
import io.holdfast.proxy.upstream.HostAnswer.Primary;
import io.holdfast.proxy.upstream.HostAnswer.Standby;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final HostPort A = new HostPort("a", 5432);
    private static final HostPort B = new HostPort("b", 5432);
    private static final long SYSTEM = 7_000;
    private static final long SECOND = 1_000_000_000;

    private final Census start = Census.of(List.of(A, B), Duration.ofSeconds(5));

    private static Primary primary(long sentAt, long lsn) {
        return new Primary(sentAt, SYSTEM, lsn, Map.of("server_version", "18.6"));
    }

    private static Standby standby(long receivedAt, long lsn) {
        return new Standby(receivedAt, receivedAt, SYSTEM, lsn, null);
    }

    private static Follower follower(Census census, HostPort host) {
        return census.topology().followers().stream()
                .filter(follower -> follower.address().equals(host))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rolesAreWhatTheHostsSay() {
        Census census = start.with(A, standby(1, 10)).with(B, primary(2, 10));
        assertThat(census.topology().primary()).isEqualTo(B);
        assertThat(census.topology().freshest(10)).contains(A);
        assertThat(census.parameters()).containsEntry("server_version", "18.6");
    }

    @Test
    void noPrimaryIsNamedBeforeEveryHostWasAsked() {
        Census census = start.with(A, primary(1, 10));
        assertThat(census.topology().primary()).isNull();
        assertThat(census.everyHostAsked()).isFalse();
        assertThat(census.with(B, new Down(0, "refused")).topology().primary()).isEqualTo(A);
        assertThat(census.with(B, new Down(0, "refused")).samples().firstSince(1))
                .isEqualTo(10);
    }

    @Test
    void twoThatClaimToBePrimaryAreNone() {
        Census census = start.with(A, primary(1, 10)).with(B, standby(1, 10)).with(B, primary(2, 10));
        assertThat(census.topology().primary()).isNull();
        assertThat(census.claimants()).containsExactly(A, B);
        assertThat(census.topology().whyNoPrimary())
                .isEqualTo("no primary: a:5432: one of several that claim to be the primary; "
                        + "b:5432: one of several that claim to be the primary");
        assertThat(census.with(A, new Down(0, "gone")).topology().primary()).isEqualTo(B);
    }

    @Test
    void samplesOfTheFormerPrimaryAreForgotten() {
        Census census = start.with(A, primary(1, 100)).with(B, standby(1, 90)).with(A, new Down(0, "gone"));
        assertThat(census.samples().newestLsn()).isEqualTo(100);
        census = census.with(B, primary(5, 95));
        assertThat(census.samples().firstSince(1)).isEqualTo(95);
        assertThat(census.samples().size()).isEqualTo(1);
    }

    @Test
    void sampleIsTakenOncePerAnswer() {
        Census census = start.with(A, primary(1, 100)).with(B, standby(1, 90)).with(B, standby(2, 100));
        assertThat(census.samples().size()).isEqualTo(1);
    }

    @Test
    void followerOutsideItsLagServesNoReads() {
        Census census = start.with(A, primary(0, 100))
                .with(B, standby(SECOND, 100))
                .with(A, primary(SECOND, 200))
                .with(B, standby(5 * SECOND, 150));
        assertThat(follower(census, B).usable()).isTrue();
        census = census.with(B, standby(5 * SECOND + 1, 150));
        assertThat(follower(census, B).usable()).isFalse();
        assertThat(follower(census, B).why()).isEqualTo("lags 5000 ms (max-lag: 5000 ms)");
        assertThat(census.with(B, standby(6 * SECOND, 200)).topology().freshest(200))
                .contains(B);
    }

    @Test
    void followerWhoseLagIsUnknownServesNoReads() {
        assertThat(follower(start.with(A, primary(5, 100)).with(B, standby(6, 90)), B))
                .isEqualTo(new Follower(B, 90, null, false, "its lag is not known yet", 6));
    }

    @Test
    void followerOfAnotherClusterIsNeverUsable() {
        Census census = start.with(A, primary(1, 10)).with(B, new Standby(2, 2, 8_000, 50, Duration.ZERO));
        assertThat(census.topology().freshest(Lsn.ZERO)).isEmpty();
        assertThat(follower(census, B).why())
                .isEqualTo("belongs to another cluster: system identifier 8000 (expected: 7000)");
    }

    @Test
    void primaryOfAnotherClusterDoesNotTakeOver() {
        Census census = start.with(A, primary(1, 10))
                .with(B, new Down(0, "refused"))
                .with(A, new Down(0, "gone"))
                .with(B, new Primary(2, 8_000, 50, Map.of()));
        assertThat(census.topology().primary()).isNull();
        assertThat(follower(census, B).why()).startsWith("belongs to another cluster");
    }

    @Test
    void standbysOfDifferentClustersAreUnusableWhileNoPrimaryTellsWhichIsOurs() {
        Census census = start.with(A, new Standby(1, 1, 7_000, 10, Duration.ZERO))
                .with(B, new Standby(1, 1, 8_000, 10, Duration.ZERO));
        assertThat(census.topology().freshest(Lsn.ZERO)).isEmpty();
    }

    @Test
    void systemThatMayNotBeReadIsNotCompared() {
        Census census = start.with(A, primary(1, 10)).with(B, new Standby(2, 2, HostAnswer.UNKNOWN_SYSTEM, 10, null));
        assertThat(census.topology().freshest(Lsn.ZERO)).contains(B);
    }

    @Test
    void readsGoOnWhileThePrimaryIsDown() {
        Census census = start.with(A, primary(1, 10)).with(B, standby(2, 10)).with(A, new Down(0, "gone"));
        assertThat(census.topology().primary()).isNull();
        assertThat(census.topology().freshest(10)).contains(B);
        assertThat(census.parameters()).containsKey("server_version");
    }

    @Test
    void answerAskedForBeforeTheSuspicionDoesNotClearIt() {
        Census census = start.with(A, primary(1, 10)).with(B, standby(2, 10)).with(A, new Down(5, "suspected"));
        assertThat(census.with(A, primary(4, 20)).topology().primary()).isNull();
        assertThat(census.with(A, primary(5, 20)).topology().primary()).isEqualTo(A);
    }
}
