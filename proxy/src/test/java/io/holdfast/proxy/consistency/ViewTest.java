package io.holdfast.proxy.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find. */
class ViewTest {
    private final View view = new View("r", 2);

    private void reads(boolean onFollower, long first, long second, long... acknowledged) {
        view.read(new View.Reading(new long[] {first, second}, "s", onFollower), acknowledged);
    }

    @Test
    void countersThatGrowAreFine() {
        reads(true, 1, 1, 0, 0);
        reads(false, 1, 2, 1, 1);
        reads(true, 1, 2, 5, 5);
        assertThat(view.violations()).isEmpty();
    }

    @Test
    void aReadThatIsOlderThanTheLastIsFound() {
        reads(true, 5, 1, 5, 1);
        reads(true, 4, 1, 5, 1);
        assertThat(view.violations()).containsExactly("r had read 5 from counter 0 and read 4 on s");
    }

    @Test
    void anOwnWriteThatIsNotSeenIsFound() {
        view.wrote(1, 7);
        reads(false, 0, 6, 0, 6);
        assertThat(view.violations()).containsExactly("r wrote 7 to counter 1 and read 6 on s");
    }

    @Test
    void aPrimaryMustShowWhatWasAcknowledgedAndFollowersWhatWasSeen() {
        reads(true, 5, 0, 4, 0);
        reads(false, 4, 0, 4, 0);
        assertThat(view.violations()).isEmpty();
        reads(false, 4, 0, 5, 0);
        reads(true, 4, 0, 4, 0);
        assertThat(view.violations()).hasSize(2);
    }
}
