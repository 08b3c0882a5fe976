package io.holdfast.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aComparisonLeavesAPageWithItsChartAndTheNumbers() throws IOException {
        Path results = folder.resolve("deep").resolve("results");
        ReportFiles.write(results, Results.comparison());
        assertThat(results.resolve("02-guardrail.md")).content().contains("](02-guardrail.svg)");
        assertThat(results.resolve("02-guardrail.svg")).content().startsWith("<svg");
        assertThat(results.resolve("02-guardrail.json"))
                .content()
                .startsWith("{")
                .endsWith("}\n");
    }

    @Test
    void whatIsNotComparedHasNoChart() throws IOException {
        Files.writeString(folder.resolve("21-idle.svg"), "of an earlier run");
        ReportFiles.write(folder, Results.memory());
        assertThat(folder.resolve("21-idle.svg")).doesNotExist();
        assertThat(folder.resolve("21-idle.md"))
                .content()
                .contains("| 0 | 117 |")
                .doesNotContain("svg");
    }
}
