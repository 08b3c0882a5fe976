package io.holdfast.proxy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.proxy.approval.ControlStore;
import io.holdfast.proxy.approval.StoreChange;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.approval.StoreView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control store in a database. While that does not answer, it is tried again once a second at most: whoever asks in between is told
 * at once, so that a queue of sessions does not wait for one time-out after the other.
 */
final class JdbcStore implements ControlStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTIONS = 5;
    private static final int PATIENCE_MILLIS = 2_500;

    /** Stands for no failure. */
    private static final long NEVER = Long.MIN_VALUE;

    private final Dialect dialect;
    private final HikariDataSource pool;
    private final AtomicLong failedAt = new AtomicLong(NEVER);
    private volatile boolean migrated;

    /** Connects when it is first needed. */
    JdbcStore(Dialect dialect, HikariConfig config) {
        this.dialect = dialect;
        config.setPoolName("holdfast-control");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(PATIENCE_MILLIS / 2);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    @Override
    public <T> T change(Function<StoreChange, T> action) {
        AtomicBoolean committing = new AtomicBoolean();
        return answer(committing, connection -> {
            connection.setAutoCommit(false);
            try {
                SqlTransaction transaction = SqlTransaction.change(connection, dialect);
                T result = action.apply(transaction);
                boolean changed = transaction.end();
                if (changed) {
                    dialect.changed(connection);
                }
                committing.set(true);
                connection.commit();
                connection.setAutoCommit(true);
                if (changed) {
                    dialect.committed(connection);
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection);
                throw e;
            }
        });
    }

    /** If this fails, the connection has, and with it the transaction. The pool gives nobody a connection in a transaction. */
    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("rollback", e);
        }
    }

    @Override
    public <T> T look(Function<StoreView, T> action) {
        return answer(new AtomicBoolean(), connection -> action.apply(SqlTransaction.look(connection, dialect)));
    }

    @Override
    public boolean isShared() {
        return dialect == Dialect.POSTGRES;
    }

    @Override
    public void close() {
        pool.close();
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** @param committing set by work that asks for a commit: what fails before that has changed nothing, and never will */
    private <T> T answer(AtomicBoolean committing, Work<T> work) {
        long failed = failedAt.get();
        if (failed != NEVER && System.nanoTime() - failed < PAUSE) {
            throw new StoreUnavailableException("the control store did not answer a moment ago");
        }
        try (Connection connection = connection()) {
            T result = work.with(connection);
            failedAt.set(NEVER);
            return result;
        } catch (SqlFailure e) {
            throw failed(e.failure(), committing.get());
        } catch (SQLException e) {
            throw failed(e, committing.get());
        }
    }

    private Connection connection() throws SQLException {
        if (!migrated) {
            migrate();
        }
        return pool.getConnection();
    }

    private synchronized void migrate() throws SQLException {
        if (!migrated) {
            Schema.HOLDS.migrate(pool);
            migrated = true;
        }
    }

    private StoreUnavailableException failed(SQLException failure, boolean mayHaveHappened) {
        if (failedAt.getAndSet(System.nanoTime()) == NEVER) {
            LOG.warn("The control store does not answer: {}", String.valueOf(failure.getMessage()));
        }
        return new StoreUnavailableException("the control store does not answer", mayHaveHappened, failure);
    }
}
