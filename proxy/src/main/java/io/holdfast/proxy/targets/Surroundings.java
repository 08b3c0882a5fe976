package io.holdfast.proxy.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a command starts with: its variables, its folder, files of variables that it loads, its arguments. */
public final class Surroundings {
    private final Map<String, String> environment;
    private final Path folder;
    private final List<Path> files;
    private final List<String> command;
    private final Set<String> named;
    private final Map<Path, Map<String, String>> ofFiles = new HashMap<>();
    private final Map<String, String> variables;

    /**
     * Of a command that loads all files of variables.
     *
     * @param folder it starts in
     * @param files of variables that libraries may add, the one that wins first
     * @param command and its arguments
     */
    public Surroundings(Map<String, String> environment, Path folder, List<Path> files, List<String> command) {
        this(
                Map.copyOf(environment),
                folder.toAbsolutePath().normalize(),
                files.stream()
                        .map(file -> file.toAbsolutePath().normalize())
                        .distinct()
                        .toList(),
                List.copyOf(command),
                named(environment, files));
    }

    private Surroundings(
            Map<String, String> environment, Path folder, List<Path> files, List<String> command, Set<String> named) {
        this.environment = environment;
        this.folder = folder;
        this.files = files;
        this.command = command;
        this.named = named;
        this.variables = Map.copyOf(layered());
    }

    /** The same command, if it loads no other files than these. */
    Surroundings loading(List<Path> some) {
        return new Surroundings(environment, folder, List.copyOf(some), command, named);
    }

    private static Set<String> named(Map<String, String> environment, List<Path> files) {
        Set<String> named = new TreeSet<>();
        for (Path file : files) {
            try {
                named.addAll(EnvFile.read(file, environment, Map.of(), Set.of()).keySet());
            } catch (TargetProblem e) {
                // adds nothing, and is a finding elsewhere
            }
        }
        return named;
    }

    private Map<String, String> layered() {
        Map<String, String> all = new TreeMap<>(environment);
        for (int i = 0; i < files.size(); i++) {
            try {
                Map<String, String> own = EnvFile.read(files.get(i), all, beneath(i), named);
                ofFiles.put(files.get(i), own);
                own.forEach(all::putIfAbsent);
            } catch (TargetProblem e) {
                // adds nothing, and is a finding elsewhere
            }
        }
        return all;
    }

    private Map<String, String> beneath(int index) {
        Map<String, String> beneath = new TreeMap<>();
        for (Path file : files.subList(index + 1, files.size())) {
            try {
                EnvFile.read(file, environment, Map.of(), Set.of()).forEach(beneath::putIfAbsent);
            } catch (TargetProblem e) {
                // adds nothing, and is a finding elsewhere
            }
        }
        return beneath;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The environment, and beneath it what the files add that are loaded. */
    Map<String, String> variables() {
        return variables;
    }

    /**
     * What one of the files that are loaded says.
     *
     * @throws TargetProblem if it cannot be read
     */
    Map<String, String> variables(Path file) throws TargetProblem {
        Map<String, String> own = ofFiles.get(file);
        return own == null ? EnvFile.read(file, environment, Map.of(), named) : own;
    }

    /** Whether a file has a variable of this name, loaded here or not. */
    boolean isNamedInFiles(String variable) {
        return named.contains(variable);
    }

    /** Absolute. */
    Path folder() {
        return folder;
    }

    /** Of variables, those that are loaded. */
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

    /** The first of these variables that is set to something. */
    Optional<String> firstOf(String... names) {
        return Arrays.stream(names)
                .map(name -> variables.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
