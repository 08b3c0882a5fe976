package io.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Waits for a condition of a server, the waiting done by the server. */
final class SqlWait {
    private SqlWait() {}

    /**
     * Asks until the answer is true.
     *
     * @param condition a query that returns one boolean
     * @return false if it was not true within the limit
     */
    static boolean until(Connection connection, String condition, Duration limit) throws SQLException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Statement statement = connection.createStatement()) {
            while (!isTrue(statement, condition)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                statement.execute("SELECT pg_sleep(0.02)");
            }
            return true;
        }
    }

    private static boolean isTrue(Statement statement, String condition) throws SQLException {
        try (ResultSet rows = statement.executeQuery(condition)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
