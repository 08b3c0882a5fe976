package io.holdfast.proxy.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds every database that a command may use: in its environment, and in files of variables. A variable of a file that the environment
 * overrides is found all the same: whether it does is up to the library that reads the file.
 */
public final class Finder {
    private Finder() {}

    /**
     * Looks everywhere.
     *
     * @param folder that the command starts in
     * @param files of variables
     */
    public static List<Finding> find(Map<String, String> environment, Path folder, List<Path> files) {
        List<Finding> found = new ArrayList<>(new Variables("", environment, Map.of()).find());
        for (Path file : files) {
            String prefix = folder.toAbsolutePath()
                            .normalize()
                            .relativize(file.toAbsolutePath().normalize()) + ":";
            try {
                Map<String, String> own = new TreeMap<>(EnvFile.read(file, environment));
                own.entrySet().removeIf(entry -> entry.getValue().equals(environment.get(entry.getKey())));
                found.addAll(new Variables(prefix, own, environment).find());
            } catch (IOException e) {
                found.add(Finding.problem(prefix, new TargetProblem("it cannot be read")));
            }
        }
        return List.copyOf(found);
    }

    /** {@code .env} and its like, in this folder and up to that of the repository. */
    public static List<Path> files(Path folder) {
        return EnvFile.around(folder);
    }
}
