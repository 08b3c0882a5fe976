package io.holdfast.proxy.guard;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
        CompletableFuture<Process> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(started), "ci-guard-at-exit"));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            started.complete(process);
            return process.waitFor();
        } catch (IOException e) {
            started.cancel(false);
            throw e;
        }
    }

    /** As a shell has it when there is no such command. */
    public static int notFound() {
        return SHELL_NOT_FOUND;
    }

    /** Waits for a start that is under way: no command is left behind. */
    private static void endWith(CompletableFuture<Process> started) {
        try {
            Process process = started.get();
            if (process.isAlive()) {
                process.destroy();
                Runtime.getRuntime().halt(process.waitFor());
            }
        } catch (CancellationException | ExecutionException e) {
            // there was no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
