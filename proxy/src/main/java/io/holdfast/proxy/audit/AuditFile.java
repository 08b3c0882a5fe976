package io.holdfast.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file that only its owner may read. Locked against a second proxy. Before each write it is made sure that the path
 * still leads to this file and that nobody else has written: bytes in a deleted file are on no record.
 */
final class AuditFile implements LineStore {
    private static final int BLOCK = 8_192;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object fileKey;
    private final Tail tail;

    private AuditFile(Path path, FileChannel channel, Tail tail) throws IOException {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey(path);
        this.tail = tail;
    }

    /** Opens or creates it, cuts off an incomplete last line, and reads where the chain ends. */
    static AuditFile open(Path path) throws IOException {
        boolean created = Files.notExists(path);
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly(path));
        try {
            lock(path, channel);
            if (created) {
                forceDirectory(path);
            }
            return new AuditFile(path, channel, recover(path, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Tail tail() {
        return tail;
    }

    @Override
    public void append(byte[] lines) throws IOException {
        if (!Objects.equals(fileKey, fileKey(path))) {
            throw new IOException(path + " is not the file that was opened");
        }
        if (channel.size() != channel.position()) {
            throw new IOException(path + " was changed by somebody else");
        }
        for (ByteBuffer rest = ByteBuffer.wrap(lines); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void archive(long lastSeq) throws IOException {
        Path archived = AuditParts.archived(path, lastSeq);
        if (!Objects.equals(fileKey, fileKey(path)) || Files.exists(archived)) {
            throw new IOException(path + " cannot become " + archived + ": one of them is not what it was");
        }
        Files.move(path, archived, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Tail recover(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        long end = afterLastNewline(channel, size);
        String torn = null;
        if (end < size) {
            torn = new String(read(channel, end, size), StandardCharsets.UTF_8);
            channel.truncate(end);
        }
        channel.position(end);
        Tail last =
                end == 0 ? lastArchived(path) : tail(path, read(channel, afterLastNewline(channel, end - 1), end - 1));
        return new Tail(last.seq(), last.hash(), torn);
    }

    /** Where the archived part ends that this file, still empty, continues. */
    private static Tail lastArchived(Path path) throws IOException {
        Optional<Path> newest = AuditParts.newestArchive(path);
        return newest.isPresent() ? tail(newest.get(), lastLine(newest.get())) : Tail.NONE;
    }

    private static byte[] lastLine(Path archive) throws IOException {
        if (archive.toString().endsWith(AuditParts.COMPRESSED)) {
            throw new IOException(archive + " is the part to go on from, and compressed; gunzip it");
        }
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            long end = afterLastNewline(channel, channel.size());
            return end == 0 ? new byte[0] : read(channel, afterLastNewline(channel, end - 1), end - 1);
        }
    }

    private static Tail tail(Path path, byte[] lastLine) throws IOException {
        long seq = AuditJson.chained(lastLine)
                .orElseThrow(() ->
                        new IOException(path + ": last line is no audit entry; look at it and move the file away"))
                .seq();
        return new Tail(seq, Sha256.hex(lastLine));
    }

    /** The offset after the last newline before {@code end}; 0 if there is none. */
    private static long afterLastNewline(FileChannel channel, long end) throws IOException {
        for (long to = end; to > 0; ) {
            long from = Math.max(0, to - BLOCK);
            byte[] block = read(channel, from, to);
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return from + i + 1;
                }
            }
            to = from;
        }
        return 0;
    }

    private static byte[] read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("audit file has become shorter while it was read");
            }
        }
        return bytes.array();
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is in use by this process", e);
        }
        throw new IOException(path + " is in use by another process");
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(
                    Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
        };
    }

    /** A new file survives a crash only if its directory does. */
    private static void forceDirectory(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null
                || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // only POSIX systems let a directory be opened
        }
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }
}
