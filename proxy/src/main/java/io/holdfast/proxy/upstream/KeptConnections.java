package io.holdfast.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Connections as {@link BackgroundConnections} makes them, that stay open for a while after they were closed: for what is asked while a client
 * waits. Who used one before has left nothing in it but what it says itself. Safe for use by many threads.
 */
public final class KeptConnections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Longer than anybody has a connection. */
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private record Place(HostPort host, String database) {}

    private final Properties properties;
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
     * @param most connections to one database of one server
     */
    public KeptConnections(Upstream upstream, int most) {
        this.properties = BackgroundConnections.properties(upstream);
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
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(BackgroundConnections.url(place.host(), place.database()));
        config.setDataSourceProperties(properties);
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
}
