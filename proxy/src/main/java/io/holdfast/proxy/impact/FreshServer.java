package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.KeptConnections;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds a server to count on that has all which was committed on the primary before it was asked for: who deletes what was marked a moment
 * ago is counted as deleting it.
 */
final class FreshServer {
    private static final long LOOK_MILLIS = 1;

    /**
     * After this, every commit is on disk, also with synchronous_commit off (three times wal_writer_delay, which is 200 ms). What is behind
     * that in the log of an idle primary, such as what was tidied up in a page, may stay in memory for long, and followers need not have it.
     */
    private static final long FLUSHED_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final KeptConnections connections;
    private final Counting counting;
    private final String database;
    private final LongSupplier nanoTime;

    /**
     * Looks where {@code counting} says.
     *
     * @param database of the proxy's account
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    FreshServer(KeptConnections connections, Counting counting, String database, LongSupplier nanoTime) {
        this.connections = connections;
        this.counting = counting;
        this.database = database;
        this.nanoTime = nanoTime;
    }

    HostPort of(Topology topology) throws SQLException, Uncountable, InterruptedException {
        HostPort server = CountingServer.of(counting, topology)
                .orElseThrow(() -> new Uncountable(CountingServer.whyNone(counting, topology)));
        HostPort primary = topology.primary();
        if (primary == null) {
            throw new Uncountable(topology.whyNoPrimary());
        }
        if (!server.equals(primary)) {
            await(server, primary);
        }
        return server;
    }

    private void await(HostPort follower, HostPort primary) throws SQLException, Uncountable, InterruptedException {
        long start = nanoTime.getAsLong();
        long wanted = lsn(primary, "pg_current_wal_insert_lsn");
        boolean flushed = false;
        while (!Lsn.covers(lsn(follower, "pg_last_wal_replay_lsn"), wanted)) {
            Duration waited = Duration.ofNanos(nanoTime.getAsLong() - start);
            if (waited.compareTo(counting.limit()) > 0) {
                throw new Uncountable("no follower has caught up with the primary in time");
            }
            if (!flushed && waited.toNanos() > FLUSHED_NANOS) {
                wanted = lsn(primary, "pg_current_wal_flush_lsn");
                flushed = true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private long lsn(HostPort host, String function) throws SQLException, Uncountable {
        try (Connection connection = connections.open(host, database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog." + function + "()::text")) {
            row.next();
            String lsn = row.getString(1);
            if (lsn == null) {
                throw new Uncountable(host + " follows nobody");
            }
            return Lsn.parse(lsn);
        }
    }
}
