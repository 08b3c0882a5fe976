package io.holdfast.proxy.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of the audit log from its first line and checks that no line was changed, added or left out. */
public final class AuditVerifier {
    private AuditVerifier() {}

    /** What was found. */
    public sealed interface Verification {
        /**
         * Every line follows from the one before.
         *
         * @param count lines
         * @param head hash of the last line. Lines missing at the end are noticed only by comparing it, or the count, with a note kept
         *     elsewhere
         */
        record Intact(long count, String head) implements Verification {}

        /**
         * The chain ends here.
         *
         * @param line the first that is wrong, from 1
         * @param why lower case
         */
        record Broken(long line, String why) implements Verification {}
    }

    /**
     * Reads the whole file, one line in memory at a time.
     *
     * @throws IOException if the file cannot be read
     */
    public static Verification verify(Path file) throws IOException {
        Tail tail = Tail.NONE;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                byte[] bytes = line.toByteArray();
                Optional<String> fault = fault(tail, bytes);
                if (fault.isPresent()) {
                    return new Verification.Broken(tail.seq() + 1, fault.get());
                }
                tail = new Tail(tail.seq() + 1, Sha256.hex(bytes));
                line.reset();
            }
            return line.size() == 0
                    ? new Verification.Intact(tail.seq(), tail.hash())
                    : new Verification.Broken(tail.seq() + 1, "the line is incomplete");
        }
    }

    private static Optional<String> fault(Tail before, byte[] line) {
        Optional<AuditJson.Chained> found = AuditJson.chained(line);
        if (found.isEmpty()) {
            return Optional.of("the line is no audit entry");
        }
        long expected = before.seq() + 1;
        if (found.get().seq() != expected) {
            return Optional.of("the line has number " + found.get().seq() + " (expected: " + expected + ')');
        }
        return found.get().prev().equals(before.hash())
                ? Optional.empty()
                : Optional.of("the line does not follow from the one before: one of the two was changed");
    }
}
