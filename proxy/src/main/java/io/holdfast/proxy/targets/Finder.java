package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds every database that a command may use: in its environment, in its arguments, in files of variables, and in those of frameworks. A
 * variable of a file that the environment overrides is found all the same: whether it does is up to the library that reads the file. So is
 * what holds only if such a file is loaded, or only if it is not; see {@link Views}.
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
     * Looks everywhere, with files of variables and without.
     *
     * @param around in which all those files are loaded
     * @param project whether files of frameworks are looked at
     */
    public static List<Finding> find(Surroundings around, boolean project) {
        List<Source> sources = project ? PROJECT : List.of();
        Views views = new Views(around);
        Map<Surroundings, Map<String, String>> logins = new HashMap<>();
        Function<Surroundings, Map<String, String>> elsewhere =
                view -> logins.computeIfAbsent(view, one -> logins(one, sources));
        List<Finding> found = new ArrayList<>(views.look(
                view -> new Variables("", view.environment(), view.variables(), elsewhere.apply(view)).find()));
        for (Path file : around.files()) {
            found.addAll(views.look(file, view -> ofFile(view, file, elsewhere.apply(view))));
        }
        found.addAll(views.look(view -> new Arguments(view, elsewhere.apply(view)).find()));
        sources.forEach(source -> found.addAll(views.look(source::find)));
        return List.copyOf(found);
    }

    private static Map<String, String> logins(Surroundings view, List<Source> sources) {
        Map<String, String> logins = new TreeMap<>();
        sources.forEach(source -> source.logins(view).forEach(logins::putIfAbsent));
        return logins;
    }

    private static List<Finding> ofFile(Surroundings view, Path file, Map<String, String> elsewhere) {
        String prefix = view.name(file) + ":";
        try {
            Map<String, String> own = new TreeMap<>(view.variables(file));
            own.entrySet()
                    .removeIf(
                            entry -> entry.getValue().equals(view.environment().get(entry.getKey())));
            return new Variables(prefix, own, view.variables(), elsewhere).find();
        } catch (TargetProblem e) {
            return List.of(new Finding.Unreadable(prefix, e));
        }
    }
}
