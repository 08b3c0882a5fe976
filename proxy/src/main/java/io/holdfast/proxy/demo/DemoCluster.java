package io.holdfast.proxy.demo;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresException;
import io.holdfast.postgres.PostgresProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running demo without its proxy: primary and follower with the shop, a certificate, and the configuration that a
 * proxy in front of them needs.
 */
final class DemoCluster implements AutoCloseable {
    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(60);

    private final PostgresCluster servers;
    private final DemoLogins logins;
    private final HoldfastConfig config;
    private final Path folder;
    private final boolean kept;

    private DemoCluster(PostgresCluster servers, DemoLogins logins, HoldfastConfig config, Path folder, boolean kept) {
        this.servers = servers;
        this.logins = logins;
        this.config = config;
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * Starts the servers and fills them, which takes some seconds.
     *
     * @throws PostgresException if the servers cannot be started
     * @throws IOException if a file of the demo cannot be written
     * @throws SQLException if the shop cannot be created
     */
    static DemoCluster start(DemoOptions options, InstantSource clock) throws IOException, SQLException {
        Path keep = options.keep();
        if (keep != null) {
            return fill(options, Files.createDirectories(keep).toRealPath(), clock);
        }
        Path folder = Files.createTempDirectory("holdfast-demo-");
        try {
            return fill(options, folder, clock);
        } catch (IOException | SQLException | RuntimeException e) {
            deleteFlat(folder);
            throw e;
        }
    }

    private static DemoCluster fill(DemoOptions options, Path folder, InstantSource clock)
            throws IOException, SQLException {
        boolean kept = options.keep() != null;
        DemoLogins logins = DemoLogins.keptIn(folder.resolve("passwords"));
        DemoCertificate certificate = DemoCertificate.create(folder, clock.instant());
        PostgresCluster servers = startServers(options, logins, kept ? folder.resolve("postgres") : null);
        try {
            ShopDatabase.create(servers.primary(), logins);
            servers.awaitReplay(REPLAY_LIMIT);
        } catch (SQLException | RuntimeException e) {
            servers.close();
            throw e;
        }
        HoldfastConfig config = DemoConfig.of(options, servers, certificate, logins, folder);
        return new DemoCluster(servers, logins, config, folder, kept);
    }

    private static PostgresCluster startServers(DemoOptions options, DemoLogins logins, @Nullable Path directory) {
        var builder = PostgresCluster.builder()
                .superuser(DemoLogins.SUPERUSER, logins.password(DemoLogins.SUPERUSER))
                .standbys(1)
                .ports(options.primaryPort(), options.followerPort())
                .stopsAtExit(false); // the demo stops its proxy first
        if (directory != null) {
            builder.directory(directory).fsync(true);
        }
        return builder.start(PostgresProvider.embedded());
    }

    PostgresCluster servers() {
        return servers;
    }

    DemoLogins logins() {
        return logins;
    }

    HoldfastConfig config() {
        return config;
    }

    /** Certificate, key, passwords and audit; the servers' data too if the demo is kept. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        servers.close();
        if (!kept) {
            deleteFlat(folder);
        }
    }

    /** The servers' data of a demo that is not kept lies elsewhere, and goes when they close. */
    private static void deleteFlat(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
