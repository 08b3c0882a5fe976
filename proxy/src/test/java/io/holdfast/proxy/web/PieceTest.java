package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.console.Visible;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\u202e", "a\u202eb\u0000\u0000c", "<U+202E>", "<U+", "a\tb<U+0041 x3>", "\ud83d\ude00"
            })
    void nothingIsLost(String text) {
        String visible = Visible.text(text);
        assertThat(Piece.of(visible).stream().map(Piece::text).collect(Collectors.joining()))
                .isEqualTo(visible);
    }

    @Test
    void onlyWhatCannotBeShownIsMarked() {
        assertThat(Piece.of(Visible.text("a\u202eb\n\n<U+202E>")))
                .containsExactly(
                        new Piece("a", false),
                        new Piece("<U+202E>", true),
                        new Piece("b", false),
                        new Piece("<U+000A x2>", true),
                        new Piece("<U+003C>", true),
                        new Piece("U+202E>", false));
    }
}
