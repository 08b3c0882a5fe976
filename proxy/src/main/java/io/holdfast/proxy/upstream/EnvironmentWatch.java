package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.ci.DatabaseSays;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one database says that it is, asked again from time to time while somebody uses it, and when somebody logs in after that. */
final class EnvironmentWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentWatch.class);

    /** A database that could not be asked is not asked again at every login. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Such a database has nothing to say, and the server itself tells the client that it is not there. */
    private static final String NO_SUCH_DATABASE = "3D000";

    private final String database;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final String account;
    private final @Nullable String query;
    private final Duration interval;
    private final Askers<DatabaseSays> askers = new Askers<>();
    private volatile @Nullable Found found;
    private volatile DatabaseSays latest = new DatabaseSays.Unknown("it has not been asked yet");
    private volatile boolean used;
    private boolean failing;

    private record Found(DatabaseSays says, long at) {}

    EnvironmentWatch(
            String database,
            BackgroundConnections connections,
            UpstreamState state,
            String account,
            @Nullable String query,
            Duration interval) {
        this.database = database;
        this.connections = connections;
        this.state = state;
        this.account = account;
        this.query = query;
        this.interval = interval;
    }

    DatabaseSays latest() {
        if (!used) {
            used = true;
        }
        return latest;
    }

    @Nullable
    DatabaseSays fresh() {
        used = true;
        Found now = found;
        if (now == null) {
            return null;
        }
        // Twice: the next look is under way meanwhile.
        long good = now.says instanceof DatabaseSays.Unknown ? PAUSE_NANOS : 2 * interval.toNanos();
        return System.nanoTime() - now.at < good ? now.says : null;
    }

    CompletableFuture<DatabaseSays> ask(Duration limit) {
        return askers.add()
                .completeOnTimeout(
                        new DatabaseSays.Unknown("no answer within " + limit.toMillis() + " ms"),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean due = !askers.await(interval.toNanos()) && used;
                askers.awake();
                List<CompletableFuture<DatabaseSays>> asked = askers.take();
                if (due || !asked.isEmpty()) {
                    used = false;
                    DatabaseSays says = look();
                    asked.forEach(answer -> answer.complete(says));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            askers.take().forEach(answer -> answer.complete(new DatabaseSays.Unknown("the proxy is stopping")));
        }
    }

    private DatabaseSays look() {
        DatabaseSays says;
        boolean exists = true;
        try {
            says = read();
        } catch (SQLException e) {
            exists = !NO_SUCH_DATABASE.equals(e.getSQLState());
            says = exists ? new DatabaseSays.Unknown(BackgroundConnections.oneLine(e)) : new DatabaseSays.Nothing();
        } catch (RuntimeException e) {
            LOG.error("asking database {} what it is failed", database, e);
            says = new DatabaseSays.Unknown(e.toString());
        }
        found = exists ? new Found(says, System.nanoTime()) : null;
        if (says instanceof DatabaseSays.Unknown(var why)) {
            if (latest instanceof DatabaseSays.Unknown) {
                latest = says;
            }
            if (!failing) {
                LOG.warn("What database {} is could not be found out: {}. CI does not get in.", database, why);
            }
            failing = true;
        } else {
            latest = says;
            failing = false;
        }
        return says;
    }

    private DatabaseSays read() throws SQLException {
        Topology topology = state.topology();
        HostPort host = topology.primary() != null
                ? topology.primary()
                : topology.freshest(Lsn.ZERO).orElse(null);
        if (host == null) {
            throw new SQLException(topology.whyNoPrimary());
        }
        try (Connection connection = connections.open(host, database)) {
            return EnvironmentQuery.read(connection, database, account, query);
        }
    }
}
