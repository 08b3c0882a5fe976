package io.holdfast.proxy.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps other proxies, of this process or another, from a file; ends with the process. */
final class OwnFile implements AutoCloseable {
    private final FileChannel channel;

    private OwnFile(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException if another proxy has it, or the folder cannot be written to; the message says so */
    static OwnFile take(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel);
        if (lock == null) {
            channel.close();
            throw new IOException(
                    "control-store: " + file
                            + " is in use by another proxy; give each a file of its own, or let them share a PostgreSQL database");
        }
        return new OwnFile(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
