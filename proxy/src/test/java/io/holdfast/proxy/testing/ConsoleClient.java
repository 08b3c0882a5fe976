package io.holdfast.proxy.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody at the admin console. */
public final class ConsoleClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Connection connection;

    ConsoleClient(Connection connection) {
        this.connection = connection;
    }

    /**
     * One hold as SHOW HOLDS shows it.
     *
     * @param approvals such as {@code 1 of 2}
     */
    public record Row(String id, String state, String approvals, String user, String statement) {}

    public List<Row> holds() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HOLDS")) {
            var found = new ArrayList<Row>();
            while (rows.next()) {
                found.add(new Row(
                        rows.getString("id"),
                        rows.getString("state"),
                        rows.getString("approvals"),
                        rows.getString("user"),
                        rows.getString("statement")));
            }
            return found;
        }
    }

    public Row hold(String id) throws SQLException {
        return holds().stream().filter(hold -> hold.id().equals(id)).findFirst().orElseThrow();
    }

    /** Waits until a hold in state waiting is there whose statement contains this, and gives its id. */
    public String awaitWaiting(String text) {
        return awaitHold(text, "waiting");
    }

    /** Waits until a hold in this state is there whose statement contains this, and gives its id. */
    public String awaitHold(String text, String state) {
        return await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> find(text, state), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> find(String text, String state) throws SQLException {
        return holds().stream()
                .filter(hold -> hold.statement().contains(text) && hold.state().equals(state))
                .map(Row::id)
                .findFirst();
    }

    /** Gives the state after the decision. */
    public String approve(String id) throws SQLException {
        return decide("APPROVE " + id);
    }

    /** Gives the state after the decision. */
    public String deny(String id, String why) throws SQLException {
        return decide("DENY " + id + " '" + why + '\'');
    }

    private String decide(String command) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(command)) {
            rows.next();
            return rows.getString("state");
        }
    }

    /** Every row of any command. */
    public List<String> rows(String command) throws SQLException {
        return Sql.rows(connection, command);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
