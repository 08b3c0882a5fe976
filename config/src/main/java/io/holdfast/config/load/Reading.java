package io.holdfast.config.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What belongs to one reading of one file: its surroundings, and the problems found so far. */
final class Reading {
    private final String source;
    private final Path folder;
    private final Interpolation interpolation;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Reading(String source, Path folder, Map<String, String> environment) {
        this.source = source;
        this.folder = folder;
        this.interpolation = new Interpolation(environment);
    }

    /** Where relative paths start. */
    Path folder() {
        return folder;
    }

    Interpolation interpolation() {
        return interpolation;
    }

    void problem(Position at, String path, String found, String expected) {
        problems.add(new ConfigProblem(source, at.line(), at.column(), path, found, expected));
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    ConfigResult.Invalid invalid() {
        return new ConfigResult.Invalid(problems.stream()
                .sorted(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column))
                .toList());
    }
}
