package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.value.KnownTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers what types in one database are made of, on its primary: nobody keeps what was said, since a type can be altered, and is asked for
 * only when a statement with a value of one is held.
 */
final class TypeReader {
    /** What a hold waits at most. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Connections at once: holds are rare, but may come in swarms. */
    private static final int MOST = 2;

    private final String database;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final Semaphore free = new Semaphore(MOST, true);

    /** Connects when asked. */
    TypeReader(String database, BackgroundConnections connections, UpstreamState state) {
        this.database = database;
        this.connections = connections;
        this.state = state;
    }

    /** Fails if there is no answer in time. */
    CompletionStage<KnownTypes> types(Set<Integer> types, Set<Integer> functions) {
        CompletableFuture<KnownTypes> answer = new CompletableFuture<>();
        answer.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("types-" + database).start(() -> read(types, functions, answer));
        return answer;
    }

    private void read(Set<Integer> types, Set<Integer> functions, CompletableFuture<KnownTypes> answer) {
        try {
            free.acquire();
            try {
                if (!answer.isDone()) { // else nobody waits for it any more
                    answer.complete(ask(types, functions));
                }
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        } catch (SQLException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private KnownTypes ask(Set<Integer> types, Set<Integer> functions) throws SQLException {
        Topology topology = state.topology();
        HostPort primary = topology.primary();
        if (primary == null) {
            throw new SQLException(topology.whyNoPrimary());
        }
        try (Connection connection = connections.open(primary, database)) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LIMIT.toMillis()));
            return TypeQuery.ask(connection, types, functions);
        }
    }
}
