package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.audit.AuditCopy.Row;
import io.holdfast.proxy.audit.CopyComparison.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyComparisonTest {
    private static final int LINES = 9;

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private final MemoryCopy copy = new MemoryCopy();

    @BeforeEach
    void writeAndCopy() throws IOException {
        Path file = directory.resolve("written");
        try (AuditLog log = AuditLog.open(file, Long.MAX_VALUE, AuditEntries.CLOCK)) {
            IntStream.range(1, LINES).forEach(i -> log.offer(AuditEntries.forwarded("DELETE FROM t" + i)));
        }
        lines.addAll(Files.readAllLines(file));
        copy.append("p", 1, lines.stream().map(CopyComparisonTest::line).toList());
    }

    @Test
    void whatWasCopiedIsTheSame() throws IOException {
        assertThat(compare()).isEqualTo(new Result.Same(1, 9, 0, 0));
    }

    @Test
    void whatIsNotCopiedYetIsCounted() throws IOException {
        rows().tailMap(8L).clear();

        assertThat(compare()).isEqualTo(new Result.Same(1, 7, 0, 2));
    }

    @Test
    void aLineThatWasRemovedIsNamed() throws IOException {
        String removed = lines.remove(4);

        assertThat(compare()).isEqualTo(new Result.Differs(5, "it is missing in the log", removed));
    }

    @Test
    void aLineThatWasAlteredIsNamed() throws IOException {
        String altered = lines.get(4);
        lines.set(4, altered.replace("DELETE", "SELECT"));

        assertThat(compare()).isEqualTo(new Result.Differs(5, "the log has another one there", altered));
    }

    @Test
    void aLineThatStandsTwiceIsNamed() throws IOException {
        lines.add(4, lines.get(3));

        assertThat(compare()).isEqualTo(new Result.Differs(5, "the log has another one there", lines.get(5)));
    }

    @Test
    void whatIsNoEntryIsNamed() throws IOException {
        String first = lines.set(0, "?");

        assertThat(compare()).isEqualTo(new Result.Differs(1, "the log has something there that is no entry", first));
    }

    @Test
    void aTailThatWasCutOffIsNamed() throws IOException {
        String cut = lines.get(7);
        lines.subList(7, 9).clear();

        assertThat(compare())
                .isEqualTo(new Result.Differs(8, "the log ends before it, and the copy goes on to entry 9", cut));
        lines.clear();
        assertThat(compare())
                .isInstanceOfSatisfying(
                        Result.Differs.class,
                        differs -> assertThat(differs.seq()).isEqualTo(1));
    }

    @Test
    void olderPartsMayHaveBeenMovedAway() throws IOException {
        lines.subList(0, 4).clear();

        assertThat(compare()).isEqualTo(new Result.Same(5, 9, 4, 0));
        rows().tailMap(5L).clear();
        assertThat(compare()).isEqualTo(new Result.Same(5, 4, 4, 5));
        lines.remove(0);
        assertThat(compare()).isEqualTo(new Result.Differs(5, "it is neither in the log nor in the copy", null));
    }

    @Test
    void aChainThatBeginsLaterIsComparedFromThereOn() throws IOException {
        rows().headMap(4L).clear();
        assertThat(compare()).isEqualTo(new Result.Same(4, 9, 0, 0));

        lines.subList(2, 9).clear();
        assertThat(compare())
                .isInstanceOfSatisfying(
                        Result.Differs.class,
                        differs -> assertThat(differs.seq()).isEqualTo(4));
    }

    @Test
    void whatSomebodyDidToTheCopyIsNamedToo() throws IOException {
        Row whole = Objects.requireNonNull(rows().remove(5L));
        assertThat(compare()).isEqualTo(new Result.Differs(5, "it is missing in the copy", null));

        String altered = whole.text().replace("DELETE", "SELECT");
        rows().put(5L, new Row(5, altered, whole.hash()));
        assertThat(compare()).isEqualTo(new Result.Differs(5, "it was changed in the copy", null));

        LogLine made = line(altered);
        rows().put(5L, new Row(5, altered, made.hash()));
        assertThat(compare()).isEqualTo(new Result.Differs(5, "the log has another one there", altered));
        lines.set(4, altered);
        assertThat(compare())
                .isEqualTo(new Result.Differs(
                        6, "it does not follow from the one before in the copy, of which one was changed", null));
    }

    private NavigableMap<Long, Row> rows() {
        return copy.chains.firstEntry().getValue();
    }

    private static LogLine line(String text) {
        return LogLine.of(text.getBytes(LogLine.BYTES)).orElseThrow();
    }

    private Result compare() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        Files.write(file, lines, LogLine.BYTES);
        return CopyComparison.of(file, copy, "p", copy.chains("p").getFirst());
    }
}
