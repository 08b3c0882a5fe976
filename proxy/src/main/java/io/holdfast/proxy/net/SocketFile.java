package io.holdfast.proxy.net;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. The socket is made in a folder that only we can enter, and moved to its place when it has its
 * permissions: so nobody connects before, and one that a killed proxy has left behind is replaced in one step.
 */
final class SocketFile {
    private final Path place;
    private final Path folder;
    private @Nullable Object identity;

    private SocketFile(Path place, Path folder) {
        this.place = place;
        this.folder = folder;
    }

    /**
     * Prepares to listen there.
     *
     * @throws IOException if somebody listens there already, if something else is there, or if the folder cannot be written to
     */
    static SocketFile prepare(Path place) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther()) {
                throw new IOException("there is a file that is no socket");
            }
            if (answers(place)) {
                throw new IOException("another process listens there");
            }
        }
        Path parent = place.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("there is no such folder");
        }
        return new SocketFile(place, Files.createTempDirectory(parent, ".h"));
    }

    /** Where to bind. */
    Path temporary() {
        return folder.resolve("s");
    }

    /**
     * Lets clients find it.
     *
     * @param mode permissions, 0..0777
     */
    void publish(int mode) throws IOException {
        Files.setPosixFilePermissions(temporary(), permissions(mode));
        identity = identity(temporary());
        Files.move(temporary(), place, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(folder);
    }

    /** Removes what is left of it, but not the socket of somebody who has taken the place since. */
    void delete() throws IOException {
        Files.deleteIfExists(temporary());
        Files.deleteIfExists(folder);
        if (identity != null && Files.exists(place, LinkOption.NOFOLLOW_LINKS) && identity.equals(identity(place))) {
            Files.delete(place);
        }
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false; // left behind
        }
    }

    private static Object identity(Path file) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder("rwxrwxrwx");
        for (int i = 0; i < text.length(); i++) {
            if ((mode & 0400 >> i) == 0) {
                text.setCharAt(i, '-');
            }
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
