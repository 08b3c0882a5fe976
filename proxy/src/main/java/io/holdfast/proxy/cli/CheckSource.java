package io.holdfast.proxy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file, or standard input.
 *
 * @param name shown to people
 * @param file null: standard input
 */
record CheckSource(String name, @Nullable Path file) {
    private static final CheckSource STDIN = new CheckSource("stdin", null);

    /**
     * What the arguments stand for.
     *
     * @param arguments files, folders and {@code -}; none: standard input
     * @param suffix of the files that are taken from folders
     * @param tally told of what cannot be found
     */
    static List<CheckSource> of(List<String> arguments, String suffix, CheckTally tally) {
        if (arguments.isEmpty()) {
            return List.of(STDIN);
        }
        var sources = new ArrayList<CheckSource>();
        for (String argument : arguments) {
            Path path = Path.of(argument);
            if (argument.equals("-")) {
                sources.add(STDIN);
            } else if (Files.isDirectory(path)) {
                sources.addAll(folder(path, suffix, tally));
            } else {
                sources.add(new CheckSource(argument, path));
            }
        }
        return sources;
    }

    /** A folder in which there is nothing to check is mostly the wrong one. */
    private static List<CheckSource> folder(Path folder, String suffix, CheckTally tally) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<CheckSource> found = files.filter(
                            file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .map(file -> new CheckSource(file.toString(), file))
                    .toList();
            if (found.isEmpty()) {
                tally.unreadable(folder + ": has no *" + suffix);
            }
            return found;
        } catch (UncheckedIOException e) {
            tally.unreadable(folder + ": cannot be walked: " + e.getMessage());
        } catch (IOException e) {
            tally.unreadable(folder.toString(), e);
        }
        return List.of();
    }

    /** Opens it; {@code stdin} is read to its end at most once. */
    InputStream open(InputStream stdin) throws IOException {
        return file == null ? stdin : Files.newInputStream(file);
    }
}
