package io.holdfast.proxy.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is found in a folder that has what a test has put there, in lines. */
final class Found {
    private final Path folder;
    final Map<String, String> environment = new TreeMap<>(Map.of("USER", "os", "HOME", "/nonexistent"));

    Found(Path folder) {
        this.folder = folder;
    }

    /** Writes a file, with the folders that it needs. */
    Found with(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        return this;
    }

    Found set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Name and target, or why there is none. */
    List<String> lines(String... command) {
        return all(command).stream().map(Found::line).toList();
    }

    List<Finding> all(String... command) {
        return Finder.find(
                new Surroundings(environment, folder, Finder.files(folder, environment), List.of(command)), true);
    }

    static String line(Finding finding) {
        return switch (finding) {
            case Finding.Database database ->
                database.label() + ' ' + database.target().masked();
            case Finding.Unreadable unreadable -> unreadable.label() + ' ' + unreadable.problem();
            case Finding.PassedOver passedOver -> passedOver.label() + " passed over: " + passedOver.why();
        };
    }
}
