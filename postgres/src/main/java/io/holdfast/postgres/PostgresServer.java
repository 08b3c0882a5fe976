package io.holdfast.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One PostgreSQL server of a {@link PostgresCluster}, listening on loopback only. Start, stop and kill may be called
 * from any thread, one at a time; all wait for the end of what they do, at most about a minute.
 */
public interface PostgresServer {
    /** How {@link #stop} ends a server, in pg_ctl's words. */
    enum Mode {
        /** Ends the clients' sessions, rolls back, writes a checkpoint. */
        FAST,
        /** Leaves at once; the next start recovers from the WAL. */
        IMMEDIATE
    }

    /** Shown in messages: {@code primary}, {@code standby1}. */
    String name();

    String host();

    /** The same for the whole life of the cluster, over restarts too. */
    int port();

    /**
     * Starts a server that is stopped or was killed, and waits until it answers.
     *
     * @throws PostgresException if it does not start; the message says why
     * @throws IllegalStateException if it is running
     */
    void start();

    /** Does nothing to a server that is not running. */
    void stop(Mode mode);

    /** As a crash: SIGKILL to the postmaster and every process of its own. Does nothing to a server that is not running. */
    void kill();

    boolean isRunning();

    /** The last lines that the server logged, since the cluster was made. */
    String logTail();

    /** A JDBC URL without a user. */
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ':' + port() + '/' + database;
    }

    /** Connects as the cluster's superuser. */
    Connection connect(String database) throws SQLException;

    /** Stops fast and starts again. */
    default void restart() {
        stop(Mode.FAST);
        start();
    }
}
