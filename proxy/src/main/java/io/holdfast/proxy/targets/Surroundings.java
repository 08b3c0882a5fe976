package io.holdfast.proxy.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a command starts with: its variables, its folder, files of variables, its arguments. */
public final class Surroundings {
    private final Map<String, String> environment;
    private final Path folder;
    private final List<Path> files;
    private final List<String> command;
    private final Map<String, String> variables;

    /**
     * Of a command.
     *
     * @param folder it starts in
     * @param files of variables that libraries add, the one that wins first
     * @param command and its arguments
     */
    public Surroundings(Map<String, String> environment, Path folder, List<Path> files, List<String> command) {
        this.environment = Map.copyOf(environment);
        this.folder = folder.toAbsolutePath().normalize();
        this.files = List.copyOf(files);
        this.command = List.copyOf(command);
        this.variables = variables(this.environment, this.files);
    }

    private static Map<String, String> variables(Map<String, String> environment, List<Path> files) {
        Map<String, String> all = new TreeMap<>(environment);
        for (Path file : files) {
            try {
                EnvFile.read(file, environment).forEach(all::putIfAbsent);
            } catch (TargetProblem e) {
                // adds nothing, and is a finding elsewhere
            }
        }
        return all;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The environment, and beneath it what files of variables add. */
    Map<String, String> variables() {
        return variables;
    }

    /** Absolute. */
    Path folder() {
        return folder;
    }

    List<Path> files() {
        return files;
    }

    List<String> command() {
        return command;
    }

    /** How a file is called in findings: as seen from the folder. */
    String name(Path file) {
        return folder.relativize(file.toAbsolutePath().normalize()).toString();
    }

    /** This folder, and those above it up to the one that has {@code .git}; without such a one, this folder alone. */
    List<Path> upwards() {
        List<Path> folders = new ArrayList<>();
        boolean project = false;
        for (Path at = folder; at != null && !project; at = at.getParent()) {
            folders.add(at);
            project = Files.exists(at.resolve(".git"));
        }
        return project ? folders : folders.subList(0, 1);
    }

    /** Those of the folder's files that are there. */
    List<Path> present(List<String> names) {
        return names.stream().map(folder::resolve).filter(Surroundings::isThere).toList();
    }

    /** What is no folder; a link that leads nowhere is not there for others either. */
    static boolean isThere(Path file) {
        return Files.exists(file) && !Files.isDirectory(file);
    }

    /** The first of these variables of the environment that is set to something. */
    Optional<String> firstOf(String... names) {
        return Arrays.stream(names)
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
