package io.holdfast.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgbenchLogTest {
    @TempDir
    Path parent = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void writeTwoThreads() throws IOException {
        folder = Files.createDirectory(parent.resolve("log"));
        Files.writeString(folder.resolve("t.1"), "0 1 120 0 1764280800 999999\n1 1 80 0 1764280801 5\n");
        Files.writeString(folder.resolve("t.1.1"), "2 1 4000 0 1764280801 5\n");
    }

    @Test
    void latenciesAreThoseOfAllThreads() throws IOException {
        PgbenchLog log = PgbenchLog.read(folder);
        assertThat(log.percentile(1)).isEqualTo(80);
        assertThat(log.percentile(50)).isEqualTo(120);
        assertThat(log.percentile(99)).isEqualTo(4000);
    }

    @Test
    void whatEndedSinceIsCountedToTheMicrosecond() throws IOException {
        PgbenchLog log = PgbenchLog.read(folder);
        assertThat(log.endedSince(0)).isEqualTo(3);
        assertThat(log.endedSince(1764280800_999999L)).isEqualTo(3);
        assertThat(log.endedSince(1764280801_000000L)).isEqualTo(2);
        assertThat(log.endedSince(1764280801_000005L)).isEqualTo(2);
        assertThat(log.endedSince(1764280801_000006L)).isZero();
    }

    @Test
    void theFilesAreGoneAfterwards() throws IOException {
        PgbenchLog.read(folder);
        assertThat(folder).doesNotExist();
    }
}
