package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads a log, also while it is written. Proves nothing: see {@link AuditVerifier}. */
public final class AuditReader implements Closeable {
    private final Path file;
    private final @Nullable Object fileKey;
    private final LogLines lines;
    private final Queue<byte[]> read = new ArrayDeque<>();
    private long damaged;

    private AuditReader(Path file, int archives) throws IOException {
        this.file = file;
        this.fileKey = AuditParts.fileKey(file); // before it is opened: rather too old than too new
        this.lines = LogLines.of(file, archives);
    }

    /**
     * From the oldest part of the log on.
     *
     * @param file that is written; parts that were put away are found beside it
     * @throws IOException if there is none, or it cannot be read
     */
    public static AuditReader open(Path file) throws IOException {
        return new AuditReader(file, Integer.MAX_VALUE);
    }

    /**
     * The last lines of the log, then what comes.
     *
     * @param count lines, fewer if the file that is written and the one before have not so many
     */
    public static AuditReader openLatest(Path file, int count) throws IOException {
        AuditReader reader = new AuditReader(file, 0);
        if (reader.skipAllBut(count) < count) {
            reader.close();
            reader = new AuditReader(file, 1);
            reader.skipAllBut(count);
        }
        return reader;
    }

    /** The next entry; null: there is none at the moment. Passes over what is no entry. */
    public @Nullable AuditRecord next() throws IOException {
        for (byte[] line = line(); line != null; line = line()) {
            Optional<AuditRecord> entry = record(line);
            if (entry.isPresent()) {
                return entry.get();
            }
            damaged++;
        }
        return null;
    }

    /** How many lines so far were no entries. */
    public long damaged() {
        return damaged;
    }

    /** Whether the log goes on in another file. When there is no {@link #next} then, there never will be. */
    public boolean isOver() throws IOException {
        return AuditParts.isOther(file, fileKey);
    }

    private int skipAllBut(int count) throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            read.add(line);
            if (read.size() > count) {
                read.remove();
            }
        }
        return read.size();
    }

    private byte @Nullable [] line() throws IOException {
        byte[] before = read.poll();
        return before != null ? before : lines.next();
    }

    private static Optional<AuditRecord> record(byte[] line) {
        return AuditJson.read(line).map(json -> new AuditRecord(new String(line, StandardCharsets.US_ASCII), json));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
