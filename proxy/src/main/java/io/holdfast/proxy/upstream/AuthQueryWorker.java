package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.VerifierLookup.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one login after the other, on one connection that it keeps while there is work. */
final class AuthQueryWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthQueryWorker.class);
    private static final long IDLE_SECONDS = 60;
    /** The kept connection, a new one, and one to the host that takes over. */
    private static final int ATTEMPTS = 3;

    private final BlockingQueue<AuthQueryVerifiers.Login> queue;
    private final AuthQuery query;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private @Nullable Connection connection;
    private @Nullable HostPort connectedTo;

    AuthQueryWorker(
            BlockingQueue<AuthQueryVerifiers.Login> queue,
            AuthQuery query,
            BackgroundConnections connections,
            UpstreamState state) {
        this.queue = queue;
        this.query = query;
        this.connections = connections;
        this.state = state;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                AuthQueryVerifiers.Login login = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
                if (login == null) {
                    disconnect();
                } else if (!login.answer().isDone()) { // else its time was over before its turn came
                    login.answer().complete(lookup(login));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            disconnect();
        }
    }

    private VerifierLookup lookup(AuthQueryVerifiers.Login login) {
        String problem = "";
        for (int attempt = 1; attempt <= ATTEMPTS && !login.answer().isDone(); attempt++) {
            HostPort host = target();
            if (host == null) {
                return new Unavailable("no server to ask: " + state.topology().whyNoPrimary());
            }
            try {
                return query.run(connectionTo(host), login.user());
            } catch (SQLException e) {
                problem = host + ": " + BackgroundConnections.oneLine(e);
                if (!BackgroundConnections.isConnectionFailure(e)) {
                    LOG.warn("auth_query failed on {}", problem);
                    return new Unavailable("auth_query failed on " + problem);
                }
                boolean couldConnect = connection != null;
                disconnect();
                if (Thread.currentThread().isInterrupted()) {
                    return new Unavailable("the proxy is stopping");
                }
                if (!couldConnect) {
                    state.suspect(host);
                }
            } catch (RuntimeException e) {
                LOG.error("auth_query failed on {}", host, e);
                disconnect();
                return new Unavailable("auth_query failed on " + host + ": " + e);
            }
        }
        return new Unavailable(problem);
    }

    private @Nullable HostPort target() {
        Topology topology = state.topology();
        return topology.primary() != null
                ? topology.primary()
                : topology.freshest(Lsn.ZERO).orElse(null);
    }

    private Connection connectionTo(HostPort host) throws SQLException {
        if (connection != null && host.equals(connectedTo)) {
            return connection;
        }
        disconnect();
        Connection opened = connections.open(host);
        connection = opened;
        connectedTo = host;
        return opened;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("a connection that is given up did not close cleanly", e);
        } finally {
            connection = null;
            connectedTo = null;
        }
    }
}
