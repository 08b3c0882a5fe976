package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LsnSamplesTest {
    /** Far enough apart for every sample to be kept. */
    private static final long APART = LsnSamples.SPACING_NANOS;

    private static LsnSamples samples(long... sentAtAndLsn) {
        LsnSamples samples = LsnSamples.NONE;
        for (int i = 0; i < sentAtAndLsn.length; i += 2) {
            samples = samples.plus(sentAtAndLsn[i], sentAtAndLsn[i + 1]);
        }
        return samples;
    }

    @Test
    void onlyASampleAskedForAfterTheCommitCounts() {
        LsnSamples samples = samples(APART, 1, 2 * APART, 2, 3 * APART, 3);
        assertThat(samples.firstSince(APART)).isEqualTo(1);
        assertThat(samples.firstSince(APART + 1)).isEqualTo(2);
        assertThat(samples.firstSince(3 * APART)).isEqualTo(3);
        assertThat(samples.firstSince(3 * APART + 1)).isEqualTo(UpstreamState.NOT_YET);
    }

    @Test
    void withoutSamplesThereIsNoAnswerYet() {
        assertThat(LsnSamples.NONE.firstSince(0)).isEqualTo(UpstreamState.NOT_YET);
        assertThat(LsnSamples.NONE.newestCoveredBy(Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void oldestKeptSampleStandsForOlderOnes() {
        LsnSamples samples = LsnSamples.NONE;
        for (int i = 1; i <= LsnSamples.CAPACITY + 10; i++) {
            samples = samples.plus(i * APART, i * 10L);
        }
        assertThat(samples.size()).isEqualTo(LsnSamples.CAPACITY);
        assertThat(samples.firstSince(APART)).isEqualTo(110);
        assertThat(samples.firstSince(12 * APART)).isEqualTo(120);
        assertThat(samples.newestLsn()).isEqualTo((LsnSamples.CAPACITY + 10) * 10L);
    }

    @Test
    void hurriedSamplesMakeRoomForTheNextButNeverAnswerTooEarly() {
        LsnSamples samples = samples(0, 1, APART / 4, 2, APART / 2, 3);
        assertThat(samples.size()).isEqualTo(2);
        assertThat(samples.firstSince(1)).as("a later sample says more").isEqualTo(3);
        assertThat(samples.plus(APART, 4).size()).isEqualTo(3);
    }

    @Test
    void clockMayWrapAround() {
        LsnSamples samples = samples(Long.MAX_VALUE - 1, 1, Long.MIN_VALUE + 5, 2);
        assertThat(samples.firstSince(Long.MAX_VALUE)).isEqualTo(2);
        assertThat(samples.firstSince(Long.MIN_VALUE + 6)).isEqualTo(UpstreamState.NOT_YET);
    }

    @Test
    void logThatWentBackVoidsWhatWasSaidBefore() {
        LsnSamples samples = samples(100, 50, 200, 60, 300, 55);
        assertThat(samples.size()).isEqualTo(1);
        assertThat(samples.firstSince(100)).isEqualTo(55);
    }

    @Test
    void olderCopyIsNotChangedByANewSample() {
        LsnSamples before = samples(100, 1);
        before.plus(200, 2);
        assertThat(before.firstSince(150)).isEqualTo(UpstreamState.NOT_YET);
    }

    @Test
    void newestCoveredSampleIsFoundUnsigned() {
        LsnSamples samples = samples(
                APART, Lsn.parse("7FFFFFFF/0"), 2 * APART, Lsn.parse("80000000/0"), 3 * APART, Lsn.parse("80000001/0"));
        assertThat(samples.newestCoveredBy(Lsn.parse("80000000/5"))).isEqualTo(1);
        assertThat(samples.newestCoveredBy(Lsn.parse("7FFFFFFF/0"))).isZero();
        assertThat(samples.newestCoveredBy(Lsn.parse("1/0"))).isEqualTo(-1);
    }
}
