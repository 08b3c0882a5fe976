package io.holdfast.loadtest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A result as files: NAME.json, NAME.md, and NAME.svg where there is something to compare with the direct connection. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Writes them, over those of an earlier run. */
    public static void write(Path folder, Result result) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(result.name() + ".json"), Json.of(result));
        String page = Markdown.page(result);
        Path chart = folder.resolve(result.name() + ".svg");
        if (result.metrics().contains(Metric.OF_DIRECT)) {
            Files.writeString(chart, Chart.svg(result));
            page += "\n![Rate as a part of the direct connection's](" + result.name() + ".svg)\n";
        } else {
            Files.deleteIfExists(chart);
        }
        Files.writeString(folder.resolve(result.name() + ".md"), page);
    }
}
