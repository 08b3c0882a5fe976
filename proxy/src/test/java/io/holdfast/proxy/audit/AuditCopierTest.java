package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCopierTest {
    private static final long ENDLESS = Long.MAX_VALUE;

    private final MemoryCopy copy = new MemoryCopy();
    private final AtomicInteger broken = new AtomicInteger();

    @TempDir
    Path directory;

    @Test
    void everyLineIsCopiedAsItIs() throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(ENDLESS)) {
            copier.follow(log::durable);
            write(log, "DELETE FROM a", "DELETE FROM \u00e9");
            await().until(() -> copier.status().pending() == 0);

            assertThat(copier.status().words()).isEqualTo("complete, up to entry 3");
        }
        assertThat(copy.lines(1)).isEqualTo(Files.readAllLines(file()));
        assertThat(broken).hasValue(0);
    }

    @Test
    void whatAPowerFailureCouldTakeBackIsNotCopied() throws Exception {
        try (AuditLog log = open(ENDLESS);
                AuditCopier copier = copier()) {
            write(log, "DELETE FROM a", "DELETE FROM b");
            copier.follow(() -> 2);
            await().until(() -> copier.status().pending() == 0);
        }
        assertThat(copy.lines(1)).isEqualTo(Files.readAllLines(file()).subList(0, 2));
    }

    @Test
    void closingCopiesWhatTheLogWroteLast() throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(ENDLESS)) {
            copier.follow(log::durable);
            for (int i = 0; i < 2_000; i++) {
                log.offer(AuditEntries.forwarded("INSERT INTO a VALUES (" + i + ')'));
            }
        }
        assertThat(copy.lines(1)).hasSize(2_001).isEqualTo(Files.readAllLines(file()));
    }

    @Test
    void whileItIsAwayTheLogGoesOnAndPartsThatWerePutAwayAreCaughtUpWith() throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(1_000)) {
            copier.follow(log::durable);
            write(log, "DELETE FROM a");
            await().until(() -> copier.status().pending() == 0);
            copy.away = true;
            for (int i = 0; i < 30; i++) {
                write(log, "DELETE FROM t WHERE id = " + i);
            }
            await().until(() -> copier.status().why() != null);
            assertThat(copier.status().words()).matches("lacks [0-9]+ of [0-9]+ entries, behind for [0-9]+s: away");
            assertThat(log.healthy()).isTrue();
            copy.away = false;
            await().until(() -> copier.status().pending() == 0);
            write(log, "DELETE FROM z");
        }
        assertThat(AuditParts.archives(file())).hasSizeGreaterThan(3);
        assertThat(copy.lines(1)).isEqualTo(allLines());
        assertThat(broken).hasValue(0);
    }

    @Test
    void partsThatArePutAwayMeanwhileAreCopiedToTheirEnd() throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(1_000)) {
            copier.follow(log::durable);
            for (int i = 0; i < 50; i++) {
                write(log, "DELETE FROM t WHERE id = " + i);
                if (i % 10 == 0) {
                    await().until(() -> copier.status().pending() == 0);
                }
            }
        }
        assertThat(copy.lines(1)).isEqualTo(allLines());
    }

    @Test
    void aRestartGoesOnWhereTheCopyEnds() throws Exception {
        story("DELETE FROM a");
        story("DELETE FROM b");
        try (AuditLog log = open(ENDLESS)) {
            write(log, "DELETE FROM c"); // and nobody copies
        }
        Files.move(file(), AuditParts.archived(file(), 6));
        story("DELETE FROM d");

        assertThat(copy.chains).containsOnlyKeys(1);
        assertThat(copy.lines(1)).hasSize(8).isEqualTo(allLines());
        assertThat(broken).hasValue(0);
    }

    @Test
    void whatIsThereThoughNobodyWasToldIsNotAddedTwice() throws Exception {
        copy.losesAnswer = true;
        story("DELETE FROM a");
        story("DELETE FROM b");

        assertThat(copy.losesAnswer).isFalse();
        assertThat(copy.chains).containsOnlyKeys(1);
        assertThat(copy.lines(1)).isEqualTo(allLines());
    }

    @Test
    void partsThatWereMovedAwayAreNotMissed() throws Exception {
        story("DELETE FROM a");
        Path part = AuditParts.archived(file(), 2);
        Files.move(file(), part);
        try (AuditCopier copier = copier();
                AuditLog log = open(ENDLESS)) {
            Files.delete(part);
            copier.follow(log::durable);
            write(log, "DELETE FROM b");
        }

        assertThat(copy.chains).containsOnlyKeys(1);
        assertThat(copy.lines(1)).hasSize(4).endsWith(Files.readAllLines(file()).toArray(new String[0]));
        assertThat(broken).hasValue(0);
    }

    @Test
    void aTailThatWasCutOffStaysAndWhatIsWrittenInsteadIsAChainOfItsOwn() throws Exception {
        story("DELETE FROM a", "DELETE FROM secrets");
        List<String> before = Files.readAllLines(file());
        Files.write(file(), before.subList(0, 2));
        story("DELETE FROM b");
        story("DELETE FROM c");

        assertThat(copy.lines(1)).isEqualTo(before);
        assertThat(copy.lines(2)).isEqualTo(allLines().subList(2, 6));
        assertThat(broken).hasValue(1);
    }

    @Test
    void aLogThatWasMadeAnewIsAnotherChain() throws Exception {
        story("DELETE FROM a");
        List<String> before = Files.readAllLines(file());
        Files.delete(file());
        story("DELETE FROM b");

        assertThat(copy.lines(1)).isEqualTo(before);
        assertThat(copy.lines(2))
                .isEqualTo(allLines().subList(1, 2)); // the first line is the same, by the test's clock
        assertThat(broken).hasValue(1);
    }

    @Test
    void linesThatVanishFromTheLogThatIsWrittenAreNoticed() throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(ENDLESS)) {
            copier.follow(log::durable);
            write(log, "DELETE FROM a");
            await().until(() -> copier.status().pending() == 0);
            copy.away = true;
            write(log, "DELETE FROM secrets");
            Files.write(file(), Files.readAllLines(file()).subList(0, 2));
            log.offer(AuditEntries.forwarded("DELETE FROM b")); // notices, and opens the log again
            await().until(() -> log.durable() > 3 && log.healthy());
            copy.away = false;
            await().until(() -> copier.status().pending() == 0);
        }
        assertThat(copy.lines(1)).hasSize(2);
        assertThat(copy.lines(2)).isEqualTo(allLines().subList(2, 3));
        assertThat(broken).hasValue(1);
    }

    @Test
    void theSameNameTwiceIsTwoChainsAndSaid() throws Exception {
        story("DELETE FROM a");
        Path other = directory.resolve("other.jsonl");
        try (AuditCopier copier = new AuditCopier("p", other, copy, broken::incrementAndGet, System::nanoTime);
                AuditLog log = AuditLog.open(other, ENDLESS, AuditEntries.CLOCK)) {
            copier.follow(log::durable);
            write(log, "DELETE FROM other");
        }
        story("DELETE FROM b");

        assertThat(copy.lines(1)).isEqualTo(Files.readAllLines(file()));
        assertThat(copy.lines(2)).singleElement().asString().contains("DELETE FROM other");
        assertThat(broken).hasValue(1);
    }

    @Test
    void itIsLateOnlyAfterAWhile() {
        assertThat(new CopyStatus(3, 9, Duration.ofSeconds(10), null).isLate()).isFalse();
        assertThat(new CopyStatus(3, 9, Duration.ofSeconds(11), null).isLate()).isTrue();
        assertThat(new CopyStatus(-1, 9, Duration.ofSeconds(11), null).pending())
                .isNaN();
        assertThat(new CopyStatus(-1, 9, Duration.ofSeconds(11), "refused").words())
                .isEqualTo("has not answered yet, behind for 11s: refused");
    }

    /** A proxy's life. */
    private void story(String... texts) throws Exception {
        try (AuditCopier copier = copier();
                AuditLog log = open(ENDLESS)) {
            copier.follow(log::durable);
            write(log, texts);
            await().until(() -> copier.status().pending() == 0);
        }
    }

    private AuditCopier copier() {
        return new AuditCopier("p", file(), copy, broken::incrementAndGet, System::nanoTime);
    }

    private AuditLog open(long rotateBytes) throws IOException {
        return AuditLog.open(file(), rotateBytes, AuditEntries.CLOCK);
    }

    private static void write(AuditLog log, String... texts) throws Exception {
        for (String text : texts) {
            log.durably(AuditEntries.forwarded(text)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> allLines() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path part : AuditParts.archives(file())) {
            all.addAll(Files.readAllLines(part));
        }
        all.addAll(Files.readAllLines(file()));
        return all;
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }
}
