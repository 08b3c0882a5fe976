package io.holdfast.proxy.impact;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes a connection one that only looks, and does not wait long. */
final class Preparation {
    private static final String SETTINGS =
            "SET search_path TO pg_catalog; SET statement_timeout TO '5s'; SET lock_timeout TO '500ms'";

    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    private Preparation() {}

    static void of(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
    }
}
