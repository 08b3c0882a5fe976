package io.holdfast.proxy.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of errors is what the proxy says. */
class ReadmeTest {
    private static final String BEGIN = "<!-- errors: a test compares this table with ProxyError -->";
    private static final String END = "<!-- /errors -->";

    @Test
    void tableOfErrorsIsTheOneInTheCode() throws IOException {
        List<String> readme = Files.readAllLines(Path.of(System.getProperty("holdfast.root"), "README.md"));

        assertThat(readme).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        assertThat(readme.subList(readme.indexOf(BEGIN) + 1, readme.indexOf(END)))
                .containsExactlyElementsOf(table());
    }

    private static List<String> table() {
        return Stream.concat(
                        Stream.of("| Code | Severity | Message | Hint |", "|---|---|---|---|"),
                        Stream.of(ProxyError.values()).map(ReadmeTest::row))
                .toList();
    }

    private static String row(ProxyError error) {
        String hint = error.hintFormat();
        return "| `" + error.sqlstate() + "` | " + error.severity() + " | " + text(error.messageFormat()) + " | "
                + (hint == null ? "" : text(hint)) + " |";
    }

    /** Arguments as ellipses. */
    private static String text(String format) {
        return format.replaceAll("%\\d\\$s", "…");
    }
}
