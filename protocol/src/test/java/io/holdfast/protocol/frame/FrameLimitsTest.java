package io.holdfast.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.FrontendTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLimitsTest {
    @ParameterizedTest
    @EnumSource
    void everyFrontendTagHasALimit(FrontendTag tag) {
        assertThat(FrameLimits.FRONTEND.maxLength(tag.code())).isGreaterThan(4);
        assertThat(FrontendTag.of(tag.code())).isSameAs(tag);
    }

    @ParameterizedTest
    @EnumSource
    void everyBackendTagHasALimit(BackendTag tag) {
        assertThat(FrameLimits.BACKEND.maxLength(tag.code())).isGreaterThanOrEqualTo(4);
        assertThat(BackendTag.of(tag.code())).isSameAs(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"D", "E", "C", "S", "H", "X", "c", "f"})
    void controlMessagesOfClientsAreSmall(String tag) {
        assertThat(FrameLimits.FRONTEND.maxLength((byte) tag.charAt(0))).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "P", "B", "F", "d"})
    void dataOfClientsMayBeAlmostAGibibyte(String tag) {
        assertThat(FrameLimits.FRONTEND.maxLength((byte) tag.charAt(0))).isEqualTo((1 << 30) - 2);
    }

    @Test
    void aRowMayBeAsLargeAsPostgresqlCanMakeIt() {
        assertThat(FrameLimits.BACKEND.maxLength((byte) 'D')).isEqualTo((1 << 30) + 3);
    }

    @Test
    void aReadyForQueryHasOneByteAndNoMore() {
        assertThat(FrameLimits.BACKEND.maxLength((byte) 'Z')).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 'R', 'Z', 'q', '1', -1})
    void anUnknownFrontendTagIsAViolation(byte tag) {
        assertThatThrownBy(() -> FrameLimits.FRONTEND.maxLength(tag))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid message type " + (tag & 0xff));
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 'Q', 'X', 'B', -1})
    void anUnknownBackendTagIsAViolation(byte tag) {
        assertThatThrownBy(() -> FrameLimits.BACKEND.maxLength(tag)).isInstanceOf(ProtocolViolation.class);
    }
}
