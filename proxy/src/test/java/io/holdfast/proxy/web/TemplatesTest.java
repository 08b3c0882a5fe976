package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no template may do; each puts in what clients and people have typed. */
class TemplatesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("holdfast.root", ".."), "proxy", "src", "main", "jte");

    @Test
    void nothingIsPutInAsItIs() throws IOException {
        List<Path> templates;
        try (Stream<Path> files = Files.list(FOLDER)) {
            templates = files.toList();
        }
        assertThat(templates)
                .hasSizeGreaterThan(10)
                .allSatisfy(template -> assertThat(template)
                        .content()
                        .doesNotContain("$unsafe")
                        .doesNotContain("@raw")
                        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+="));
    }
}
