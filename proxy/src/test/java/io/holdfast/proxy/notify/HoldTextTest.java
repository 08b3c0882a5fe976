package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.Holds;
import org.junit.jupiter.api.Test;

class HoldTextTest {
    @Test
    void valuesOfABatchAreShownWithTheirStatements() {
        HoldRequest batch = Holds.batch();

        assertThat(HoldText.of(batch, false).values())
                .isEqualTo("statement 1: $1 = `7`\nstatement 2: $1 = `x`\nstatement 2: $2 = NULL");
        assertThat(HoldText.of(batch, true).values()).isEqualTo("3 values, masked");
    }
}
