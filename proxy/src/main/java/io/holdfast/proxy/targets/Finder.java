package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds every database that a command may use: in its environment, in its arguments, in files of variables, and in those of frameworks. A
 * variable of a file that the environment overrides is found all the same: whether it does is up to the library that reads the file.
 */
public final class Finder {
    /** What frameworks read by themselves. */
    private static final List<Source> PROJECT = List.of(
            new RailsFile(),
            new SpringFiles(),
            new PropertyFiles(),
            new FlywayToml(),
            new AlembicIni(),
            new PrismaSchema(),
            new NodeFiles());

    private Finder() {}

    /** {@code .env} and its like, in this folder and up to that of the repository. */
    public static List<Path> files(Path folder, Map<String, String> environment) {
        return EnvFile.in(new Surroundings(environment, folder, List.of(), List.of()).upwards(), environment);
    }

    /**
     * Looks everywhere.
     *
     * @param project whether files of frameworks are looked at
     */
    public static List<Finding> find(Surroundings around, boolean project) {
        List<Source> sources = project ? PROJECT : List.of();
        Map<String, String> elsewhere = new TreeMap<>();
        for (Source source : sources) {
            source.logins(around).forEach(elsewhere::putIfAbsent);
        }
        Map<String, String> parts = new TreeMap<>(elsewhere);
        parts.putAll(around.variables());
        List<Finding> found = new ArrayList<>(new Variables("", around.environment(), Map.of(), parts).find());
        for (Path file : around.files()) {
            found.addAll(ofFile(around, file, elsewhere));
        }
        found.addAll(new Arguments(around, elsewhere).find());
        sources.forEach(source -> found.addAll(source.find(around)));
        return List.copyOf(found);
    }

    private static List<Finding> ofFile(Surroundings around, Path file, Map<String, String> elsewhere) {
        String prefix = around.name(file) + ":";
        try {
            Map<String, String> own = new TreeMap<>(EnvFile.read(file, around.environment()));
            own.entrySet()
                    .removeIf(entry ->
                            entry.getValue().equals(around.environment().get(entry.getKey())));
            return new Variables(prefix, own, around.environment(), elsewhere).find();
        } catch (TargetProblem e) {
            return List.of(new Finding.Unreadable(prefix, e.getMessage()));
        }
    }
}
