package io.holdfast.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where unpacked binaries are kept. The folder's name carries the archive's hash, so that it never goes stale. It is
 * unpacked aside and renamed into place: of two processes that unpack at once, one wins and both use its folder.
 */
final class BinariesCache {
    private static final Set<PosixFilePermission> EVERYBODY_READS = PosixFilePermissions.fromString("rwxr-xr-x");

    private BinariesCache() {}

    static Path unpacked(URL archive, String version) throws IOException {
        return unpacked(archive, version, folder());
    }

    static Path unpacked(URL archive, String version, Path folder) throws IOException {
        Path home = folder.resolve("postgres-" + version + '-' + hash(archive).substring(0, 16));
        if (Files.exists(home)) {
            return home;
        }
        Path aside = Files.createTempDirectory(folder, ".unpacking-");
        try (InputStream in = archive.openStream()) {
            // The servers may run as another user than the one who unpacks.
            Files.setPosixFilePermissions(aside, EVERYBODY_READS);
            TarXz.unpack(in, aside);
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(home)) {
                throw e;
            }
        } finally {
            Folders.delete(aside);
        }
        return home;
    }

    /** In the home folder's cache where that is possible; root's home is closed to the user that runs the servers. */
    private static Path folder() throws IOException {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        if (!RunAs.isRoot()) {
            try {
                return Files.createDirectories(cache.resolve("holdfast"));
            } catch (FileSystemException e) {
                // No home, or a read-only one, as in a container.
            }
        }
        return shared(
                Path.of(System.getProperty("java.io.tmpdir"), "holdfast-cache-" + System.getProperty("user.name")));
    }

    /** Anybody may make a folder in the temporary directory; programs that we run must be nobody else's. */
    private static Path shared(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path probe = Files.createTempFile("holdfast", null);
        try {
            if (!Files.getOwner(folder).equals(Files.getOwner(probe))) {
                throw new IOException(folder + " belongs to another user; remove it");
            }
        } finally {
            Files.delete(probe);
        }
        return Files.setPosixFilePermissions(folder, EVERYBODY_READS);
    }

    private static String hash(URL archive) throws IOException {
        try (var in = new DigestInputStream(archive.openStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e)); // every JDK has SHA-256
        }
    }
}
