package io.holdfast.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections as {@link BackgroundConnections} makes them, that stay open for a while after they were closed: for what is asked while a client
 * waits. Who used one before has left nothing in it but what it says itself. Safe for use by many threads.
 */
public final class KeptConnections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Longer than anybody has a connection. */
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private record Place(HostPort host, String database) {}

    /** Makes a new connection ready. */
    @FunctionalInterface
    public interface Setup {
        void of(Connection connection) throws SQLException;
    }

    private final BackgroundConnections connections;
    private final Setup setup;
    private final int most;
    private final long millis;
    private final Cache<Place, HikariDataSource> pools = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .executor(Runnable::run)
            .removalListener((@Nullable Place place, @Nullable HikariDataSource pool, RemovalCause cause) -> {
                if (pool != null) {
                    pool.close();
                }
            })
            .build();

    /**
     * Connects when asked to.
     *
     * @param setup of each new connection
     * @param most connections to one database of one server
     */
    public KeptConnections(Upstream upstream, Setup setup, int most) {
        this.connections = new BackgroundConnections(upstream);
        this.setup = setup;
        this.most = most;
        this.millis = Math.max(1_000, upstream.connectTimeout().toMillis());
    }

    /** One that nobody else uses; closing it gives it back. Waits for one, or for the server, as long as connecting may take. */
    public Connection open(HostPort host, String database) throws SQLException {
        return pools.get(new Place(host, database), this::pool).getConnection();
    }

    private HikariDataSource pool(Place place) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("holdfast " + place.host() + ' ' + place.database());
        config.setDataSource(new Opening(place));
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(most);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(millis);
        config.setValidationTimeout(millis);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        pools.invalidateAll();
        pools.cleanUp();
    }

    /** What the pool asks for a connection. */
    private final class Opening implements DataSource {
        private final Place place;

        Opening(Place place) {
            this.place = place;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = connections.open(place.host(), place.database());
            try {
                setup.of(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {
            // the driver has a log of its own
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // connect-timeout says it
        }

        @Override
        public int getLoginTimeout() {
            return Math.toIntExact(TimeUnit.MILLISECONDS.toSeconds(millis));
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("type: " + type + " (expected: none)");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
