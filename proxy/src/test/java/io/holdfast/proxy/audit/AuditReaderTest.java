package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    @TempDir
    Path directory;

    @Test
    void aLineIsReadOnceItIsWhole() throws IOException {
        Files.writeString(file(), line(1) + "\n" + line(2).substring(0, 10));
        try (AuditReader reader = AuditReader.open(file())) {
            assertThat(seq(reader)).isEqualTo(1);
            assertThat(reader.next()).isNull();

            append(line(2).substring(10) + "\n" + line(3) + "\n");
            assertThat(seq(reader)).isEqualTo(2);
            assertThat(seq(reader)).isEqualTo(3);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void theLatestLinesThenWhatComes() throws IOException {
        Files.writeString(file(), line(1) + "\n" + line(2) + "\n" + line(3) + "\n");
        try (AuditReader reader = AuditReader.openLatest(file(), 2)) {
            assertThat(seq(reader)).isEqualTo(2);
            assertThat(seq(reader)).isEqualTo(3);
            assertThat(reader.next()).isNull();
            append(line(4) + "\n");
            assertThat(seq(reader)).isEqualTo(4);
        }
    }

    @Test
    void theLatestLinesMayBeInThePartBefore() throws IOException {
        Files.writeString(AuditParts.archived(file(), 2), line(1) + "\n" + line(2) + "\n");
        Files.writeString(file(), line(3) + "\n");
        try (AuditReader reader = AuditReader.openLatest(file(), 2)) {
            assertThat(seq(reader)).isEqualTo(2);
            assertThat(seq(reader)).isEqualTo(3);
        }
    }

    @Test
    void tellsWhenTheLogGoesOnElsewhere() throws IOException {
        Files.writeString(file(), line(1) + "\n");
        try (AuditReader reader = AuditReader.openLatest(file(), 1)) {
            Files.move(file(), AuditParts.archived(file(), 1));
            assertThat(reader.isOver()).isFalse();
            Files.writeString(file(), line(2) + "\n");

            assertThat(reader.isOver()).isTrue();
            assertThat(seq(reader)).isEqualTo(1);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void foreignLinesAreCounted() throws IOException {
        Files.writeString(file(), "x\n\n" + line(1) + "\n{}\n");
        try (AuditReader reader = AuditReader.open(file())) {
            assertThat(seq(reader)).isEqualTo(1);
            assertThat(reader.next()).isNull();
            assertThat(reader.damaged()).isEqualTo(3);
        }
    }

    @Test
    void aLogThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> AuditReader.open(file())).isInstanceOf(NoSuchFileException.class);
    }

    private static long seq(AuditReader reader) throws IOException {
        return Objects.requireNonNull(reader.next()).seq();
    }

    private static String line(int seq) {
        return "{\"seq\":" + seq + ",\"prev\":\"\"}";
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.APPEND);
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }
}
