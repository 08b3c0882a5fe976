package io.holdfast.proxy.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an audit log from its first line and checks that no line was changed, added or left out. */
public final class AuditVerifier {
    private AuditVerifier() {}

    /** What was found. */
    public sealed interface Verification {
        /**
         * Every line follows from the one before.
         *
         * @param count lines that were read
         * @param last number of the last line; 0: there is none
         * @param head hash of the last line
         */
        record Intact(long count, long last, String head) implements Verification {}

        /**
         * The chain ends here.
         *
         * @param line the first that is wrong, from 1
         * @param why lower case
         */
        record Broken(long line, String why) implements Verification {}
    }

    /**
     * What somebody wrote down of the log and kept elsewhere.
     *
     * @param seq a line's number, from 1
     * @param hash of that line, lower-case hexadecimal
     */
    public record Note(long seq, String hash) {}

    /** Reads all parts of the log from line 1 on. */
    public static Verification verify(Path file) throws IOException {
        return verify(file, null);
    }

    /**
     * Reads all parts of the log, one line in memory at a time.
     *
     * @param note that the log must agree with; the only thing that shows when lines at the end are missing, or all was made anew. If
     *     the parts up to its line are not there, the log is verified from there on. Null: from line 1
     * @throws IOException if the file cannot be read
     */
    public static Verification verify(Path file, @Nullable Note note) throws IOException {
        try (LogLines lines = LogLines.of(file)) {
            Tail tail = Tail.NONE;
            long count = 0;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (count == 0 && note != null && follows(note, line)) {
                    tail = new Tail(note.seq(), note.hash());
                }
                Optional<String> fault = fault(tail, line);
                if (fault.isPresent()) {
                    return new Verification.Broken(tail.seq() + 1, fault.get());
                }
                tail = new Tail(tail.seq() + 1, Sha256.hex(line));
                count++;
                if (note != null && note.seq() == tail.seq() && !note.hash().equals(tail.hash())) {
                    return new Verification.Broken(tail.seq(), "the line is not the one that was noted");
                }
            }
            if (lines.endsWithin()) {
                return new Verification.Broken(tail.seq() + 1, "the line is incomplete");
            }
            return note != null && note.seq() > tail.seq()
                    ? new Verification.Broken(tail.seq() + 1, "the line is missing, and " + note.seq() + " was noted")
                    : new Verification.Intact(count, tail.seq(), tail.hash());
        }
    }

    private static boolean follows(Note note, byte[] line) {
        return AuditJson.chained(line)
                .filter(found -> found.seq() == note.seq() + 1)
                .isPresent();
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
