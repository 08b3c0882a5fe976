package io.holdfast.proxy.e2e;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** A pool of ana's connections, which are asked whether they live each time that one is borrowed. */
final class Pool implements AutoCloseable {
    private final HikariDataSource source;
    private final Set<PGConnection> seen = ConcurrentHashMap.newKeySet();

    private Pool(HikariDataSource source) {
        this.source = source;
    }

    static Pool open(ProxyFixture proxy, int size) {
        return open(proxy, size, config -> {});
    }

    static Pool open(ProxyFixture proxy, int size, Consumer<HikariConfig> change) {
        // Hikari trusts a connection that was used in the last half second, and asks nothing.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
        var config = new HikariConfig();
        config.setJdbcUrl(proxy.url(TestServers.DATABASE));
        config.setUsername("ana");
        config.setPassword(TestServers.PASSWORD);
        config.setMaximumPoolSize(size);
        change.accept(config);
        return new Pool(new HikariDataSource(config));
    }

    HikariDataSource source() {
        return source;
    }

    Connection borrow() throws SQLException {
        Connection connection = source.getConnection();
        seen.add(connection.unwrap(PGConnection.class));
        return connection;
    }

    /** How many different connections have been borrowed; more than the pool's size, once one of them was thrown away. */
    int connections() {
        return seen.size();
    }

    /** Connections that nobody has given back. */
    int borrowed() {
        return source.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        source.close();
    }
}
