package io.holdfast.config.load;

import io.holdfast.config.HoldfastConfig;
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
    private final List<ConfigProblem> warnings = new ArrayList<>();

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

    /** Something that can be used, and is hardly meant. */
    void warning(Position at, String path, String found, String expected) {
        warnings.add(new ConfigProblem(source, at.line(), at.column(), path, found, expected));
    }

    /** How many problems have been found so far. */
    int problems() {
        return problems.size();
    }

    ConfigResult.Invalid invalid() {
        return new ConfigResult.Invalid(inOrder(problems));
    }

    /** What was read, if there was no problem. */
    ConfigResult result(HoldfastConfig config) {
        return problems.isEmpty() ? new ConfigResult.Loaded(config, inOrder(warnings)) : invalid();
    }

    private static List<ConfigProblem> inOrder(List<ConfigProblem> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column))
                .toList();
    }
}
