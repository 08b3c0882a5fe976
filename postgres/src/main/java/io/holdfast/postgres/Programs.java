package io.holdfast.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs short programs to their end. */
final class Programs {
    /** What a program left behind: its exit code, 0 for success, and all it wrote. */
    record Result(int exitCode, String output) {}

    private Programs() {}

    /**
     * Runs and waits.
     *
     * @param folder working directory; the user the program runs as must be able to enter it
     */
    static Result run(List<String> command, Path folder) throws IOException {
        Process process = builder(command, folder).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while running " + command.getFirst(), e);
        }
    }

    /** A builder whose environment cannot change what PostgreSQL's programs do. */
    static ProcessBuilder builder(List<String> command, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C"); // messages are read by Problems
        return builder;
    }
}
