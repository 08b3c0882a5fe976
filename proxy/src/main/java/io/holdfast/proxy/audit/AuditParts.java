package io.holdfast.proxy.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one log. The one that is written has the configured name; a part that was full has the number of its last line after
 * that: {@code holdfast-audit.jsonl.000000048121}. A part may have been compressed by {@code gzip} since.
 */
final class AuditParts {
    static final String COMPRESSED = ".gz";

    private AuditParts() {}

    /** Where the file goes when it is full; as many digits as keep {@code ls} in order. */
    static Path archived(Path file, long lastSeq) {
        return file.resolveSibling("%s.%012d".formatted(file.getFileName(), lastSeq));
    }

    /** The archived parts, the oldest first. */
    static List<Path> archives(Path file) throws IOException {
        return archives(file, 1);
    }

    /** Those of them that have lines from this number on. */
    static List<Path> archives(Path file, long from) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "\\.([0-9]{12,18})(\\.gz)?");
        Path folder = file.toAbsolutePath().getParent();
        try (Stream<Path> siblings = Files.list(folder == null ? Path.of("/") : folder)) {
            return siblings.filter(sibling -> lastSeq(name, sibling) >= Math.max(1, from))
                    .sorted(Comparator.comparingLong(sibling -> lastSeq(name, sibling)))
                    .toList();
        }
    }

    static Optional<Path> newestArchive(Path file) throws IOException {
        List<Path> archives = archives(file);
        return archives.isEmpty() ? Optional.empty() : Optional.of(archives.getLast());
    }

    /** Which file it is, whatever its name becomes; null: there is none, because a part was put away just now. */
    static @Nullable Object fileKey(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether the log is written to another file than that one. */
    static boolean isOther(Path file, @Nullable Object fileKey) throws IOException {
        Object now = fileKey(file);
        return now != null && !now.equals(fileKey);
    }

    private static long lastSeq(Pattern name, Path path) {
        Matcher parts = name.matcher(String.valueOf(path.getFileName()));
        return parts.matches() ? Long.parseLong(parts.group(1)) : 0;
    }
}
