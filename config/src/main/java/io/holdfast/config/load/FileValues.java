package io.holdfast.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Values that name files. Relative paths start at the configuration's folder. */
final class FileValues {
    private static final String FILE_PREFIX = "file:";
    private static final int MAX_SECRET_BYTES = 64 * 1024;

    private FileValues() {}

    /** A path, whether or not there is a file. */
    static Optional<Path> path(Value value) {
        return value.as(Kinds.TEXT).flatMap(text -> resolve(value, text));
    }

    /** The path of a file that can be read; empty if a problem was reported. */
    static Optional<Path> readable(Value value) {
        Optional<Path> path = path(value);
        if (path.isPresent() && !isReadable(path.get())) {
            value.problem(value.shown() + ", which is not there or cannot be read", "a readable file");
            return Optional.empty();
        }
        return path;
    }

    /**
     * A password: the value itself or, if the file (not a variable) says {@code file:}, the content of that file without its
     * last line end. Empty if a problem was reported.
     */
    static Optional<String> secret(Value value) {
        String expected = "a password, ${NAME} or file:PATH";
        Optional<String> text = value.text(expected);
        return value.raw().orElse("").startsWith(FILE_PREFIX)
                ? text.flatMap(path -> resolve(value, path.substring(FILE_PREFIX.length())))
                        .flatMap(path -> content(value, path))
                : text;
    }

    private static Optional<String> content(Value value, Path path) {
        if (isReadable(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
                if (bytes.length <= MAX_SECRET_BYTES) {
                    return Optional.of(new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", ""));
                }
            } catch (IOException e) {
                // Reported below: for people it is the same whether the look or the reading failed.
            }
        }
        value.problem(value.shown() + ", which is not there or cannot be read", "a readable file of at most 64 KiB");
        return Optional.empty();
    }

    private static Optional<Path> resolve(Value value, String text) {
        try {
            return Optional.of(value.reading().folder().resolve(text));
        } catch (InvalidPathException e) {
            value.problem(value.shown() + ", which cannot be a path", "a path");
            return Optional.empty();
        }
    }

    private static boolean isReadable(Path path) {
        return Files.isRegularFile(path) && Files.isReadable(path);
    }
}
