package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.audit.AuditVerifier.Note;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {
    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void writeFourLines() throws IOException {
        try (AuditLog log = AuditLog.open(directory.resolve("written"), Long.MAX_VALUE, AuditEntries.CLOCK)) {
            for (String table : List.of("a", "b", "c")) {
                log.offer(AuditEntries.forwarded("DELETE FROM " + table));
            }
        }
        lines.addAll(Files.readAllLines(directory.resolve("written")));
    }

    @Test
    void whatWasWrittenIsIntact() throws IOException {
        assertThat(verify())
                .isEqualTo(new Verification.Intact(4, 4, Sha256.hex(lines.get(3).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void nothingIsIntact() throws IOException {
        lines.clear();

        assertThat(verify()).isEqualTo(new Verification.Intact(0, 0, "0".repeat(64)));
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

    @Test
    void aMissingEndIsFoundByANote() throws IOException {
        Note note = new Note(4, hash(3));
        assertThat(verify(note)).isEqualTo(new Verification.Intact(4, 4, hash(3)));
        lines.removeLast();

        assertThat(verify()).isEqualTo(new Verification.Intact(3, 3, hash(2)));
        assertThat(verify(note)).isEqualTo(new Verification.Broken(4, "the line is missing, and 4 was noted"));
    }

    @Test
    void aLogMadeAnewIsFoundByANote() throws IOException {
        assertThat(verify(new Note(2, "f".repeat(64))))
                .isEqualTo(new Verification.Broken(2, "the line is not the one that was noted"));
    }

    @Test
    void aNoteStandsForTheLinesBeforeIt() throws IOException {
        Note note = new Note(2, hash(1));
        List<String> rest = List.copyOf(lines.subList(2, 4));
        lines.clear();
        lines.addAll(rest);

        assertThat(verify(note)).isEqualTo(new Verification.Intact(2, 4, hash(1)));
        assertThat(verify(new Note(2, "f".repeat(64)))).isInstanceOf(Verification.Broken.class);
        assertThat(verify(new Note(1, "f".repeat(64)))).isInstanceOf(Verification.Broken.class);
    }

    private String hash(int line) {
        return Sha256.hex(lines.get(line).getBytes(StandardCharsets.UTF_8));
    }

    private Verification verify() throws IOException {
        return verify(null);
    }

    private Verification verify(@Nullable Note note) throws IOException {
        Path file = directory.resolve("audit.jsonl");
        Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        return AuditVerifier.verify(file, note);
    }
}
