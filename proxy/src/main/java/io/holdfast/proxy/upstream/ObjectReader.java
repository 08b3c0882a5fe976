package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers what names in one database stand for, on its primary. One connection answers all who ask while it is open, those who
 * have asked meanwhile together, and is closed when nobody does: holds are rare, and come in swarms.
 */
final class ObjectReader {
    /** What a hold, or a statement that has been released, waits at most. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private record Question(Set<RelationName> names, CompletableFuture<NamedObjects> answer) {}

    private final String database;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Question> questions = new ArrayList<>();
    private boolean reading;

    /** Connects when first asked. */
    ObjectReader(String database, BackgroundConnections connections, UpstreamState state) {
        this.database = database;
        this.connections = connections;
        this.state = state;
    }

    /** Fails if there is no answer in time. */
    CompletionStage<NamedObjects> objects(Set<RelationName> names) {
        CompletableFuture<NamedObjects> answer = new CompletableFuture<>();
        answer.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        lock.lock();
        try {
            questions.add(new Question(Set.copyOf(names), answer));
            if (!reading) {
                reading = true;
                Thread.ofVirtual().name("objects-" + database).start(this::read);
            }
        } finally {
            lock.unlock();
        }
        return answer;
    }

    private void read() {
        List<Question> first = next();
        while (!first.isEmpty() && !answersAll(first)) {
            first = next();
        }
    }

    /** Answers these and whatever is asked meanwhile; false if some could not be answered, and others may be waiting. */
    private boolean answersAll(List<Question> first) {
        List<Question> asked = first;
        try (Connection connection = open()) {
            while (!asked.isEmpty()) {
                Set<RelationName> names = new HashSet<>();
                asked.forEach(question -> names.addAll(question.names));
                List<NamedObject> found = ObjectQuery.ask(connection, names);
                asked.forEach(question -> question.answer.complete(NamedObject.meant(found, question.names)));
                asked = next();
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            asked.forEach(question -> question.answer.completeExceptionally(e));
            return asked.isEmpty(); // then it was only to be closed
        }
    }

    private Connection open() throws SQLException {
        Topology topology = state.topology();
        HostPort primary = topology.primary();
        if (primary == null) {
            throw new SQLException(topology.whyNoPrimary());
        }
        Connection connection = connections.open(primary, database);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LIMIT.toMillis()));
            ObjectQuery.prepare(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Those that somebody still waits for; empty: there are none, and nobody reads any more. */
    private List<Question> next() {
        lock.lock();
        try {
            List<Question> asked = questions.stream()
                    .filter(question -> !question.answer.isDone())
                    .toList();
            questions.clear();
            reading = !asked.isEmpty();
            return asked;
        } finally {
            lock.unlock();
        }
    }
}
