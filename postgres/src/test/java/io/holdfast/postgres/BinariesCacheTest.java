package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesCacheTest {
    private static final int AT_ONCE = 8;

    @TempDir
    private Path folder;

    @Test
    void manyThatUnpackAtOnceShareOneFolder() throws Exception {
        URL archive = archive("bin/postgres");
        Path cache = Files.createDirectory(folder.resolve("cache"));
        var start = new CyclicBarrier(AT_ONCE);
        Callable<Path> unpack = () -> {
            start.await();
            return BinariesCache.unpacked(archive, "18.6.0", cache);
        };

        List<Path> homes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Path>> results = Stream.generate(() -> unpack)
                    .limit(AT_ONCE)
                    .map(threads::submit)
                    .toList();
            for (Future<Path> result : results) {
                homes.add(result.get());
            }
        }

        assertThat(homes.stream().distinct()).hasSize(1);
        assertThat(homes.getFirst().resolve("bin/postgres")).hasContent("content");
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(homes.getFirst());
        }
    }

    @Test
    void otherContentGetsAnotherFolder() throws Exception {
        Path first = BinariesCache.unpacked(archive("bin/postgres"), "18.6.0", folder);

        assertThat(BinariesCache.unpacked(archive("bin/other"), "18.6.0", folder))
                .isNotEqualTo(first);
    }

    private URL archive(String entry) throws Exception {
        Path file = Files.createTempFile(folder, "archive", ".txz");
        return Files.write(file, TarXzTest.archive(entry)).toUri().toURL();
    }
}
