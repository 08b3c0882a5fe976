package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {
    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void writeFourLines() throws IOException {
        try (AuditLog log = AuditLog.open(directory.resolve("written"), AuditEntries.CLOCK)) {
            for (String table : List.of("a", "b", "c")) {
                log.offer(AuditEntries.forwarded("DELETE FROM " + table));
            }
        }
        lines.addAll(Files.readAllLines(directory.resolve("written")));
    }

    @Test
    void whatWasWrittenIsIntact() throws IOException {
        assertThat(verify())
                .isEqualTo(new Verification.Intact(4, Sha256.hex(lines.get(3).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void nothingIsIntact() throws IOException {
        lines.clear();

        assertThat(verify()).isEqualTo(new Verification.Intact(0, "0".repeat(64)));
    }

    @Test
    void aChangedLineIsFound() throws IOException {
        lines.set(1, lines.get(1).replace("DELETE FROM a", "SELECT FROM a"));

        assertThat(verify())
                .isEqualTo(new Verification.Broken(
                        3, "the line does not follow from the one before: one of the two was changed"));
    }

    @Test
    void aMissingLineIsFound() throws IOException {
        lines.remove(2);

        assertThat(verify()).isEqualTo(new Verification.Broken(3, "the line has number 4 (expected: 3)"));
    }

    @Test
    void aMissingBeginningIsFound() throws IOException {
        lines.remove(0);

        assertThat(verify()).isEqualTo(new Verification.Broken(1, "the line has number 2 (expected: 1)"));
    }

    @Test
    void aForeignLineIsFound() throws IOException {
        lines.add(2, "x");

        assertThat(verify()).isEqualTo(new Verification.Broken(3, "the line is no audit entry"));
    }

    @Test
    void anIncompleteLastLineIsFound() throws IOException {
        Path file = directory.resolve("cut");
        String whole = String.join("\n", lines) + "\n";
        Files.writeString(file, whole.substring(0, whole.length() - 1));

        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verification.Broken(4, "the line is incomplete"));
    }

    private Verification verify() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        return AuditVerifier.verify(file);
    }
}
