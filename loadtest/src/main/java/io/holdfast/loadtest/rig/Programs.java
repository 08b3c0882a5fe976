package io.holdfast.loadtest.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system, which may be installed or not. */
public final class Programs {
    private static final List<String> FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/bin", "/opt/homebrew/bin");

    private Programs() {}

    /** Where a program is. */
    public static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first line that a program prints; empty if it cannot be run. */
    public static String firstLine(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (Stream<String> lines =
                    process.inputReader(StandardCharsets.UTF_8).lines()) {
                List<String> all = lines.toList();
                return process.waitFor() == 0 && !all.isEmpty() ? all.getFirst().strip() : "";
            }
        } catch (IOException e) {
            return ""; // not installed
        }
    }
}
