package io.holdfast.proxy.guard;

import java.io.IOException;
import java.util.List;

/** Runs a command with this process' own input, output and environment. */
public final class GuardedCommand {
    private static final int SHELL_NOT_FOUND = 127;

    private GuardedCommand() {}

    /**
     * Runs it to its end. A signal that ends this process first ends the command, whose exit code stays the one that counts.
     *
     * @return its exit code; 128 and the number of the signal that ended it
     * @throws IOException if it cannot be started
     */
    public static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(process), "ci-guard-at-exit"));
        return process.waitFor();
    }

    /** As a shell has it when there is no such command. */
    public static int notFound() {
        return SHELL_NOT_FOUND;
    }

    private static void endWith(Process process) {
        if (process.isAlive()) {
            process.destroy();
            try {
                Runtime.getRuntime().halt(process.waitFor());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
