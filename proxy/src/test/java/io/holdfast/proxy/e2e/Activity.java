package io.holdfast.proxy.e2e;

import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** What the servers are doing. */
final class Activity {
    private Activity() {}

    /** Whether either server runs a statement that contains this text. */
    static boolean isRunning(ProxyFixture proxy, String text) throws SQLException {
        String query = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
                + " AND query LIKE '%" + text + "%'";
        try (Connection primary = proxy.servers().primary().connect("postgres");
                Connection follower = proxy.servers().follower().connect("postgres")) {
            return Sql.number(primary, query) + Sql.number(follower, query) > 0;
        }
    }
}
