package io.holdfast.proxy.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a log from its oldest part on, one in memory at a time; the log may be written to, and change files, meanwhile. */
final class LogLines implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final Queue<Path> archives;
    private final InputStream current;
    private final byte[] block = new byte[BLOCK];
    private InputStream in = InputStream.nullInputStream();

    /** What is read is the file that is written. */
    private boolean isLast;

    private int at;
    private int end;

    /** A line so far. */
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream(512);

    private LogLines(List<Path> archives, InputStream current) {
        this.archives = new ArrayDeque<>(archives);
        this.current = current;
    }

    /** @throws NoSuchFileException if there is no part at all */
    static LogLines of(Path file) throws IOException {
        return open(file, 1, Integer.MAX_VALUE);
    }

    /** @param most archived parts to begin with: the newest ones */
    static LogLines of(Path file, int most) throws IOException {
        return open(file, 1, most);
    }

    /** From the part on that the line with this number is in; parts before that are not read. */
    static LogLines from(Path file, long seq) throws IOException {
        return open(file, seq, Integer.MAX_VALUE);
    }

    private static LogLines open(Path file, long from, int most) throws IOException {
        while (true) {
            List<Path> archives = AuditParts.archives(file, from);
            InputStream current = openCurrent(file, !archives.isEmpty());
            if (archives.equals(AuditParts.archives(file, from))) {
                return new LogLines(archives.subList(Math.max(0, archives.size() - most), archives.size()), current);
            }
            current.close(); // a part became full just now
        }
    }

    /** The next line without its newline; null: there is none at the moment. */
    byte @Nullable [] next() throws IOException {
        do {
            for (int i = at; i < end; i++) {
                if (block[i] == '\n') {
                    partial.write(block, at, i - at);
                    at = i + 1;
                    byte[] line = partial.toByteArray();
                    partial.reset();
                    return line;
                }
            }
            partial.write(block, at, end - at);
        } while (fill());
        return null;
    }

    /** Whether there is a line without its newline at the end: it is being written, or a crash left it so. */
    boolean endsWithin() {
        return partial.size() > 0;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(block));
        while (end == 0 && !isLast) {
            in.close();
            Path archive = archives.poll();
            isLast = archive == null;
            in = archive == null ? current : open(archive);
            end = Math.max(0, in.read(block));
        }
        return end > 0;
    }

    private static InputStream open(Path archive) throws IOException {
        InputStream opened = Files.newInputStream(archive);
        return archive.toString().endsWith(AuditParts.COMPRESSED) ? new GZIPInputStream(opened, BLOCK) : opened;
    }

    private static InputStream openCurrent(Path file, boolean mayBeMissing) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            if (mayBeMissing) {
                return InputStream.nullInputStream();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        current.close();
    }
}
