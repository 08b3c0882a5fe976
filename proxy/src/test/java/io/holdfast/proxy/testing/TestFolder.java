package io.holdfast.proxy.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Temporary folders of fixtures, which no test class owns and so JUnit cannot delete. They go with the JVM, not with the
 * fixture: a test may read a proxy's audit log when the proxy has closed.
 */
public final class TestFolder {
    private static final Set<Path> CREATED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TestFolder::deleteAll, "test-folders-at-exit"));
    }

    private TestFolder() {}

    /** A new folder; the name tells whose it is. */
    public static Path create(String name) throws IOException {
        Path folder = Files.createTempDirectory("holdfast-" + name + '-');
        CREATED.add(folder);
        return folder;
    }

    private static void deleteAll() {
        for (Path folder : CREATED) {
            try {
                Files.walkFileTree(folder, new Deletion());
            } catch (IOException e) {
                // Somebody who is being stopped at this moment still writes there; the others must go all the same.
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
