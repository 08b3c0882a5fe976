package io.holdfast.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Statistics.median(9, 1, 5)).hasValue(5);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTwo() {
        assertThat(Statistics.median(4, 1, 9, 2)).hasValue(3);
    }

    @Test
    void ofNothingThereIsNoMedian() {
        assertThat(Statistics.median()).isEmpty();
    }

    @Test
    void theMedianLeavesTheNumbersAsTheyWere() {
        double[] numbers = {3, 1, 2};
        Statistics.median(numbers);
        assertThat(numbers).containsExactly(3, 1, 2);
    }

    @Test
    void soManyPercentDoNotExceedThePercentile() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();
        assertThat(Statistics.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Statistics.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Statistics.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Statistics.percentile(hundred, 1)).isEqualTo(1);
    }

    @Test
    void aPercentileOfFewIsOneOfThem() {
        assertThat(Statistics.percentile(new long[] {7}, 99)).isEqualTo(7);
        assertThat(Statistics.percentile(new long[] {3, 8}, 50)).isEqualTo(3);
        assertThat(Statistics.percentile(new long[] {3, 8}, 51)).isEqualTo(8);
        assertThat(Statistics.percentile(new long[] {}, 50)).isZero();
    }

    @Test
    void aPercentileBeyondHundredIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Statistics.percentile(new long[] {1}, 101))
                .withMessage("percent: 101 (expected: 1..100)");
    }
}
