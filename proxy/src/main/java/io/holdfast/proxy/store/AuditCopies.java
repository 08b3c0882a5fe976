package io.holdfast.proxy.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.audit.AuditCopy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to the copies of audit logs in a shared control store. */
public final class AuditCopies {
    private AuditCopies() {}

    /** For a proxy that copies: makes the table when it is not there, and waits for nothing for longer than some seconds. */
    public static AuditCopy.Opener forCopying(ControlStoreConfig.Shared store) {
        SharedDatabase database = new SharedDatabase(store);
        return () -> open(() -> {
            Connection connection = database.connect();
            if (!Schema.AUDIT_COPY.isCurrent(connection)) {
                migrate(database);
            }
            return connection;
        });
    }

    /** For people who search and compare: changes nothing. */
    public static AuditCopy.Opener forReading(ControlStoreConfig.Shared store) {
        return () -> open(new SharedDatabase(store)::connectPatiently);
    }

    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private static AuditCopy open(Connecting connecting) throws IOException {
        try {
            return new SharedAuditCopy(connecting.connect());
        } catch (SQLException e) {
            throw new IOException("the control store: " + e.getMessage(), e);
        }
    }

    private static void migrate(SharedDatabase database) throws SQLException {
        try (HikariDataSource pool = new HikariDataSource(database.pool())) {
            Schema.AUDIT_COPY.migrate(pool);
        } catch (PoolInitializationException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }
}
