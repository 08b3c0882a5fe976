package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files of variables may be loaded together. Not every set of them, only those that libraries know: none; each by itself, as Laravel
 * and those who name a file do; those of one mode over {@code .env}, with {@code .env.local} or without it, as Rails' and Node's do; and all,
 * as where a job loads some and the command others. Of n files these are at most 3n + 4 sets, of one file two. Pure.
 */
final class EnvLayers {
    private static final Set<String> PLAIN = Set.of(".env", ".env.defaults", ".flaskenv");
    private static final String LOCAL = ".env.local";

    private EnvLayers() {}

    /**
     * Of these files, in which those that win come first; so they do in each set.
     *
     * @return none first, then each by itself, all last
     */
    static Set<List<Path>> of(List<Path> files) {
        Set<List<Path>> layers = new LinkedHashSet<>();
        layers.add(List.of());
        files.forEach(file -> layers.add(List.of(file)));
        Set<String> modes = new LinkedHashSet<>(Set.of(""));
        files.forEach(file -> modes.add(mode(file)));
        for (String mode : modes) {
            for (boolean local : new boolean[] {false, true}) {
                layers.add(files.stream()
                        .filter(file -> isPlain(file) || mode(file).equals(mode) || (local && isLocal(file)))
                        .toList());
            }
        }
        layers.add(files);
        return layers;
    }

    private static boolean isPlain(Path file) {
        return PLAIN.contains(file.getFileName().toString());
    }

    private static boolean isLocal(Path file) {
        return file.getFileName().toString().equals(LOCAL);
    }

    /** {@code .env.test.local} is one of those of {@code .env.test}; empty: of no mode. */
    private static String mode(Path file) {
        return isPlain(file) || isLocal(file)
                ? ""
                : file.getFileName().toString().replaceFirst("\\.local$", "");
    }
}
