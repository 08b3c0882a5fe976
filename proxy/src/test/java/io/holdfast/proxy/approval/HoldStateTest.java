package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoldStateTest {
    private static final String MATRIX = """
            -                APPROVE  GRANT   DENY   EXPIRE        WITHDRAW  CLAIM    SUCCEED  FAIL   LOSE
            WAITING          APPROVED GRANTED DENIED EXPIRED       WITHDRAWN -        -        -      -
            APPROVED         -        GRANTED -      EXPIRED       WITHDRAWN RELEASED -        -      -
            GRANTED          -        -       -      GRANT_EXPIRED -         RELEASED -        -      -
            RELEASED         -        -       -      -             -         -        EXECUTED FAILED UNKNOWN_OUTCOME
            EXECUTED         -        -       -      -             -         -        -        -      -
            FAILED           -        -       -      -             -         -        -        -      -
            UNKNOWN_OUTCOME  -        -       -      -             -         -        -        -      -
            DENIED           -        -       -      -             -         -        -        -      -
            EXPIRED          -        -       -      -             -         -        -        -      -
            WITHDRAWN        -        -       -      -             -         -        -        -      -
            GRANT_EXPIRED    -        -       -      -             -         -        -        -      -
            """;

    @Test
    void eachEventLeadsWhereTheMatrixSays() {
        assertThat(actualMatrix()).isEqualTo(MATRIX.replaceAll(" +", " "));
    }

    private static String actualMatrix() {
        StringBuilder matrix = new StringBuilder("-");
        for (HoldEvent event : HoldEvent.values()) {
            matrix.append(' ').append(event);
        }
        for (String from : MATRIX.replaceAll(" .*", "").lines().skip(1).toList()) {
            matrix.append('\n').append(from);
            for (HoldEvent event : HoldEvent.values()) {
                matrix.append(' ')
                        .append(HoldState.valueOf(from)
                                .next(event)
                                .map(Enum::name)
                                .orElse("-"));
            }
        }
        return matrix.append('\n').toString();
    }

    @Test
    void theMatrixNamesEveryState() {
        assertThat(MATRIX.replaceAll(" .*", "").lines().skip(1))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(HoldState.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsFinalExactlyIfNothingLeadsOut(HoldState state) {
        boolean leadsOut = Stream.of(HoldEvent.values())
                .anyMatch(event -> state.next(event).isPresent());

        assertThat(state.isFinal()).isNotEqualTo(leadsOut);
    }

    @Test
    void anEventThatCannotHappenChangesNothing() {
        HoldRecord hold = HoldRecord.open(
                new HoldId("H-7K2M"), Holds.request("DROP TABLE t"), Holds.TWO, false, "P-1", Instant.EPOCH);

        assertThatThrownBy(() -> hold.on(HoldEvent.SUCCEED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hold H-7K2M: SUCCEED while waiting");
        assertThat(hold.state()).isEqualTo(HoldState.WAITING);
    }
}
