package io.holdfast.proxy.guard;

import io.holdfast.proxy.audit.AuditEntry;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.targets.PgVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets one finding pass that is not local, and puts that on record. There may be no proxy where a job runs, so the record is a file of the
 * guard's own, chained like a proxy's.
 */
public final class Allowance {
    private static final long LIMIT_SECONDS = 10;

    private final String name;
    private final String reason;
    private final Path file;

    /**
     * What is allowed, and why.
     *
     * @param name of the finding
     * @param file made if it is not there, with its folder
     */
    public Allowance(String name, String reason, Path file) {
        this.name = name;
        this.reason = reason;
        this.file = file;
    }

    /** {@code $XDG_STATE_HOME/holdfast/ci-guard.jsonl}. */
    public static Path defaultFile(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder = state.isEmpty() ? PgVariables.home(environment).resolve(".local/state") : Path.of(state);
        return folder.resolve("holdfast").resolve("ci-guard.jsonl");
    }

    public boolean covers(Judged judged) {
        return judged.finding().isCalled(name);
    }

    /**
     * Puts it on record.
     *
     * @param command its first word; arguments may be secret
     * @throws IOException if that is not on disk; then nothing may be started
     */
    public void record(Judged judged, String command, String user) throws IOException, InterruptedException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String note = user + " let ci-guard start " + command + " in "
                + Path.of("").toAbsolutePath() + " with " + judged.line() + " Reason: " + reason;
        try (AuditLog log = AuditLog.open(file, Long.MAX_VALUE, InstantSource.system())) {
            log.durably(AuditEntry.of(InstantSource.system().instant(), AuditEntry.Kind.CI_ALLOWED, null, null)
                            .withNote(note))
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(file + " cannot be written", e);
        }
    }

    /** Of the finding that is allowed. */
    public String name() {
        return name;
    }

    /** That has the record. */
    public Path file() {
        return file;
    }
}
