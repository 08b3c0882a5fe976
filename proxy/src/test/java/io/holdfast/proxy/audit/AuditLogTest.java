package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final long ENDLESS = Long.MAX_VALUE;

    @TempDir
    Path directory;

    @Test
    void everyLineFollowsFromTheOneBefore() throws Exception {
        try (AuditLog log = open()) {
            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                stages.add(log.durably(AuditEntries.forwarded("DELETE FROM t WHERE id = " + i)));
            }
            for (CompletionStage<Void> stage : stages) {
                written(stage);
            }
            assertThat(Files.readAllLines(file())).hasSize(501);
        }
        assertThat(intact()).isEqualTo(501);
    }

    @Test
    void closingWritesWhatIsQueued() throws Exception {
        try (AuditLog log = open()) {
            for (int i = 0; i < 100; i++) {
                assertThat(log.offer(AuditEntries.forwarded("DELETE FROM t WHERE id = " + i)))
                        .isTrue();
            }
        }
        assertThat(intact()).isEqualTo(101);
    }

    @Test
    void aRestartContinuesTheChain() throws Exception {
        write("DELETE FROM a");
        write("DELETE FROM b");

        assertThat(intact()).isEqualTo(4);
    }

    @Test
    void whatACrashLeftOfALineIsRecordedAndTheChainGoesOn() throws Exception {
        write("DELETE FROM a");
        Files.writeString(file(), "{\"seq\":3,\"prev\":\"torn", StandardOpenOption.APPEND);

        write("DELETE FROM b");

        assertThat(intact()).isEqualTo(4);
        assertThat(Files.readAllLines(file()).get(2))
                .contains("\"kind\":\"log_opened\"")
                .contains("last line was incomplete and never acknowledged: {\\\"seq\\\":3");
    }

    @Test
    void aFileThatIsNothingButATornLineStartsTheChain() throws Exception {
        Files.writeString(file(), "{\"seq\":1");

        write("DELETE FROM a");

        assertThat(intact()).isEqualTo(2);
    }

    @Test
    void aLongLineIsFoundAgain() throws Exception {
        write("DELETE FROM a WHERE x = '" + "x".repeat(50_000) + "'");
        write("DELETE FROM b");

        assertThat(intact()).isEqualTo(4);
    }

    @Test
    void aFileThatDoesNotEndWithAnEntryIsNotTouched() throws Exception {
        Files.writeString(file(), "something else\n");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("no audit entry");
        assertThat(Files.readString(file())).isEqualTo("something else\n");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        write("DELETE FROM a");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void twoLogsCannotShareAFile() throws Exception {
        try (AuditLog log = open()) {
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
            assertThat(log.healthy()).isTrue();
        }
    }

    @Test
    void aFailedWriteFailsWhoWaitsAndTheLogRecoversByItself() throws Exception {
        FailingStore disk = new FailingStore();
        try (AuditLog log = open(disk)) {
            disk.bytesLeft = 100;
            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM a"))))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("No space left on device");
            assertThat(log.healthy()).isFalse();
            assertThat(log.offer(AuditEntries.forwarded("DELETE FROM b"))).isFalse();

            disk.bytesLeft = Integer.MAX_VALUE;
            await().until(log::healthy);
            written(log.durably(AuditEntries.forwarded("DELETE FROM c")));
        }
        assertThat(Files.readString(file()))
                .contains("writing failed: No space left on device; last line was incomplete")
                .doesNotContain("DELETE FROM b")
                .contains("DELETE FROM c");
        assertThat(intact()).isEqualTo(3);
    }

    @Test
    void theNextEntryIsEnoughToTryAgain() throws Exception {
        FailingStore disk = new FailingStore();
        try (AuditLog log = open(disk)) {
            disk.bytesLeft = 0;
            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM a"))))
                    .isInstanceOf(ExecutionException.class);
            disk.bytesLeft = Integer.MAX_VALUE;
            written(log.durably(AuditEntries.forwarded("DELETE FROM b")));
            assertThat(log.healthy()).isTrue();
        }
    }

    @Test
    void linesThatMayHaveReachedTheDiskStayInTheChain() throws Exception {
        FailingStore disk = new FailingStore();
        try (AuditLog log = open(disk)) {
            disk.failAfterWriting = true;
            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM a"))))
                    .isInstanceOf(ExecutionException.class);
            disk.failAfterWriting = false;
            written(log.durably(AuditEntries.forwarded("DELETE FROM b")));
        }
        assertThat(intact()).isEqualTo(4);
    }

    @Test
    void aDeletedFileIsNoticedAndWhatIsMissingCannotBeHidden() throws Exception {
        try (AuditLog log = open()) {
            written(log.durably(AuditEntries.forwarded("DELETE FROM a")));
            Files.delete(file());

            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM b"))))
                    .isInstanceOf(ExecutionException.class);
            written(log.durably(AuditEntries.forwarded("DELETE FROM c")));
        }
        assertThat(AuditVerifier.verify(file()))
                .isEqualTo(new Verification.Broken(1, "the line has number 3 (expected: 1)"));
    }

    @Test
    void aFileCutWhileItIsOpenIsNoticed() throws Exception {
        try (AuditLog log = open()) {
            written(log.durably(AuditEntries.forwarded("DELETE FROM a")));
            List<String> lines = Files.readAllLines(file());
            Files.writeString(file(), lines.get(0) + "\n");

            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM b"))))
                    .isInstanceOf(ExecutionException.class);
            written(log.durably(AuditEntries.forwarded("DELETE FROM c")));
        }
        assertThat(AuditVerifier.verify(file())).isInstanceOf(Verification.Broken.class);
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        AuditQueue queue = new AuditQueue(0, 1_000);
        try (AuditLog log = new AuditLog(() -> AuditFile.open(file()), ENDLESS, AuditEntries.CLOCK, queue)) {
            assertThat(log.offer(AuditEntries.forwarded("DELETE FROM a"))).isFalse();
            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM a"))))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("audit queue is full or closed");
        }
    }

    @Test
    void aClosedLogRefuses() throws Exception {
        AuditLog log = open();
        log.close();

        assertThat(log.healthy()).isFalse();
        assertThat(log.offer(AuditEntries.forwarded("DELETE FROM a"))).isFalse();
        assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM a"))))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void whatIsWaitedForIsForcedFirst() throws Exception {
        FailingStore disk = new FailingStore();
        try (AuditLog log = open(disk)) {
            assertThat(log.offer(AuditEntries.forwarded("INSERT INTO a VALUES (1)")))
                    .isTrue();
            written(log.durably(AuditEntries.forwarded("DELETE FROM a")));

            assertThat(disk.forced).isEqualTo(Files.size(file()));
        }
    }

    @Test
    void whatNobodyWaitsForIsForcedWhenTheLogCloses() throws Exception {
        FailingStore disk = new FailingStore();
        try (AuditLog log = open(disk)) {
            assertThat(log.offer(AuditEntries.forwarded("INSERT INTO a VALUES (1)")))
                    .isTrue();
        }

        assertThat(disk.forced).isEqualTo(Files.size(file()));
    }

    @Test
    void aFullFileIsPutAwayAndTheChainGoesOn() throws Exception {
        try (AuditLog log = AuditLog.open(file(), 2_000, AuditEntries.CLOCK)) {
            for (int i = 0; i < 50; i++) {
                written(log.durably(AuditEntries.forwarded("DELETE FROM t WHERE id = " + i)));
            }
        }
        List<Path> archives = AuditParts.archives(file());

        assertThat(archives).hasSizeGreaterThan(3).isSorted();
        assertThat(archives.getFirst().getFileName().toString()).matches("audit\\.jsonl\\.00000000000[1-9]");
        assertThat(Files.size(archives.getFirst())).isBetween(2_000L, 4_000L);
        assertThat(intact()).isEqualTo(51 + archives.size());
        assertThat(AuditReading.texts(file())).hasSize(50).last().isEqualTo("DELETE FROM t WHERE id = 49");

        Files.delete(archives.get(1));
        assertThat(AuditVerifier.verify(file())).isInstanceOf(Verification.Broken.class);
    }

    @Test
    void aCrashBetweenPuttingAwayAndBeginningAnewLosesNothing() throws Exception {
        write("DELETE FROM a");
        Files.move(file(), AuditParts.archived(file(), 2));
        write("DELETE FROM b");

        assertThat(intact()).isEqualTo(4);
        assertThat(AuditReading.texts(file())).containsExactly("DELETE FROM a", "DELETE FROM b");
    }

    @Test
    void aPartIsNeverOverwritten() throws Exception {
        Path taken = AuditParts.archived(file(), 3);
        try (AuditLog log = AuditLog.open(file(), 100, AuditEntries.CLOCK)) {
            written(log.durably(AuditEntries.forwarded("DELETE FROM a")));
            Files.writeString(taken, "x");
            assertThatThrownBy(() -> written(log.durably(AuditEntries.forwarded("DELETE FROM b"))))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage(file() + " cannot become " + taken + ": one of them is not what it was");
        }
        assertThat(Files.readString(taken)).isEqualTo("x");
    }

    @Test
    void compressedPartsAreRead() throws Exception {
        write("DELETE FROM a");
        Path part = AuditParts.archived(file(), 2);
        Files.move(file(), part);
        write("DELETE FROM b");
        try (var out = new GZIPOutputStream(Files.newOutputStream(part.resolveSibling(part.getFileName() + ".gz")))) {
            Files.copy(part, out);
        }
        Files.delete(part);

        assertThat(intact()).isEqualTo(4);
        assertThat(AuditReading.texts(file())).containsExactly("DELETE FROM a", "DELETE FROM b");
    }

    /** A disk with little room. */
    private final class FailingStore implements LineStore.Opener {
        volatile int bytesLeft = Integer.MAX_VALUE;
        volatile boolean failAfterWriting;

        /** Length of the file when it was last forced. */
        volatile long forced;

        @Override
        public LineStore open() throws IOException {
            AuditFile file = AuditFile.open(file());
            return new LineStore() {
                @Override
                public Tail tail() {
                    return file.tail();
                }

                @Override
                public void append(byte[] lines) throws IOException {
                    int fits = Math.min(bytesLeft, lines.length);
                    file.append(Arrays.copyOf(lines, fits));
                    if (fits < lines.length || failAfterWriting) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void force() throws IOException {
                    file.force();
                    forced = Files.size(file());
                }

                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                public void archive(long lastSeq) throws IOException {
                    file.archive(lastSeq);
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }

    private AuditLog open() throws IOException {
        return AuditLog.open(file(), ENDLESS, AuditEntries.CLOCK);
    }

    private static AuditLog open(FailingStore disk) throws IOException {
        return new AuditLog(disk, ENDLESS, AuditEntries.CLOCK, new AuditQueue(100, 1_000_000));
    }

    private void write(String text) throws Exception {
        try (AuditLog log = open()) {
            written(log.durably(AuditEntries.forwarded(text)));
        }
    }

    private static void written(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private long intact() throws IOException {
        Verification verification = AuditVerifier.verify(file());
        assertThat(verification).isInstanceOf(Verification.Intact.class);
        return ((Verification.Intact) verification).count();
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }
}
