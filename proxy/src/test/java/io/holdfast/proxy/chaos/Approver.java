package io.holdfast.proxy.chaos;

import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Somebody who decides holds at the admin console. */
final class Approver implements AutoCloseable {
    private final Connection console;

    Approver(int port, String user) throws SQLException {
        console = ChaosProxy.connect(port, user, "holdfast", "approver");
    }

    /** State and id of every hold whose statement contains this. */
    List<String> holds(String text) throws SQLException {
        return Sql.rows(console, "SHOW HOLDS").stream()
                .filter(row -> row.contains(text))
                .toList();
    }

    /** Waits for a hold that waits and contains this, and gives its id. */
    String awaitWaiting(String text) {
        return awaitHold(text, "waiting");
    }

    /** Waits for a hold in this state that contains this, and gives its id. */
    String awaitHold(String text, String state) {
        return await().atMost(Victims.LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> find(text, state), Optional::isPresent)
                .orElseThrow();
    }

    /** Ids of everything that waits. */
    List<String> waiting() throws SQLException {
        return holds("|waiting|").stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .toList();
    }

    Optional<String> find(String text, String state) throws SQLException {
        return holds(text).stream()
                .filter(row -> row.contains('|' + state + '|'))
                .map(row -> row.substring(0, row.indexOf('|')))
                .findFirst();
    }

    void approve(String id) throws SQLException {
        Sql.rows(console, "APPROVE " + id);
    }

    void deny(String id) throws SQLException {
        Sql.rows(console, "DENY " + id + " 'no'");
    }

    @Override
    public void close() throws SQLException {
        console.close();
    }
}
