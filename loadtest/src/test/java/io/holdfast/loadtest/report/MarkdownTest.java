package io.holdfast.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void theTableHasMediansAndLeavesOutWhatATargetDoesNotHave() {
        assertThat(Markdown.table(Results.comparison())).isEqualTo("""
                        | mode | clients | target | per second | of direct | CPU µs each |
                        | --- | --- | --- | ---: | ---: | ---: |
                        | simple | 8 | direct | 1000 | 1.00 |  |
                        | simple | 8 | a\\|b | 800 | 0.80 | 12.3 |
                        | simple | 8 | x & <y> | 1200 | 1.20 | 12.3 |
                        | prepared | 8 | direct | 1000 | 1.00 |  |
                        | prepared | 8 | a\\|b | 400 | 0.40 | 12.3 |
                        """);
    }

    @Test
    void thePageSaysWhatWasAskedWithWhichSettingsAndWhere() {
        assertThat(Markdown.page(Results.comparison()))
                .startsWith("# 02-guardrail\n\nHow many?\n\n| mode |")
                .endsWith("""

                        - One thing is to be known.

                        Settings: rounds 3.
                        Measured: date 2026-11-27T22:00:00Z; cpu some <cpu> & more.
                        """);
    }

    @Test
    void aRowWithoutALabelIsAMistake() {
        Row row = new Row(List.of("simple"), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Result(
                        "x", "", Map.of(), Map.of(), List.of("mode", "target"), List.of(), List.of(row), List.of()))
                .withMessage("[simple] (expected: one of each of [mode, target])");
    }
}
