package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a log behind a given one, in ascending order, while the log is written to and put away in parts. What is no entry is
 * passed over.
 */
final class LogFollower implements Closeable {
    private final Path file;
    private @Nullable Object fileKey;
    private LogLines lines;

    /** The last one that was taken; 0: none. */
    private long last;

    /** Read, but not taken yet. */
    private @Nullable LogLine ahead;

    /**
     * @param file that is written; parts that were put away are found beside it
     * @param after number of the entry behind which it begins; 0: with the oldest one that is there
     * @throws IOException if there is no log, or it cannot be read
     */
    LogFollower(Path file, long after) throws IOException {
        this.file = file;
        this.last = after;
        this.fileKey = AuditParts.fileKey(file); // before it is opened: rather too old than too new
        this.lines = LogLines.from(file, after + 1);
    }

    /** The next entry, if its number is not above {@code most}; null: there is none at the moment. */
    @Nullable
    LogLine peek(long most) throws IOException {
        if (ahead == null) {
            ahead = read();
        }
        return ahead != null && ahead.seq() <= most ? ahead : null;
    }

    /** What {@link #peek} has shown is no longer the next. */
    void take() {
        if (ahead != null) {
            last = ahead.seq();
            ahead = null;
        }
    }

    private @Nullable LogLine read() throws IOException {
        while (true) {
            boolean over = AuditParts.isOther(file, fileKey);
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                Optional<LogLine> entry = LogLine.of(line);
                if (entry.isPresent() && entry.get().seq() > last) {
                    return entry.get();
                }
            }
            if (!over) {
                return null;
            }
            reopen();
        }
    }

    /** The log goes on in another file, and all of this one was read. */
    private void reopen() throws IOException {
        lines.close();
        fileKey = AuditParts.fileKey(file);
        lines = LogLines.from(file, last + 1);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
