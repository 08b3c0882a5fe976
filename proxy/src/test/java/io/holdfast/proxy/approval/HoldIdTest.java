package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldIdTest {
    @Test
    void isReadInAnyCase() {
        assertThat(HoldId.parse("h-7k2m")).contains(new HoldId("H-7K2M"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H-",
                "H-7K2",
                "7K2M",
                "H-7K2O",
                "H-7K21",
                "H-7K2M ",
                "H-7K2M;",
                "H\u20117K2M",
                "H-7K2\u0131",
                "H-7K2\u017f",
                "H-7K2\u00df"
            })
    void whatCannotBeAnIdIsNone(String typed) {
        assertThat(HoldId.parse(typed)).isEmpty();
    }

    @Test
    void isNeverOneThatIsTaken() {
        HoldIds ids = new HoldIds(new Random(7));
        Set<HoldId> taken = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            assertThat(taken.add(ids.next(taken::contains))).isTrue();
        }
    }

    @Test
    void growsWhenShortOnesAreTaken() {
        HoldIds ids = new HoldIds(new Random(7));

        assertThat(ids.next(id -> id.text().length() < 8).text()).matches("H-.{6}");
    }
}
