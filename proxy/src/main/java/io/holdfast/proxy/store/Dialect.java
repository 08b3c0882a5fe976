package io.holdfast.proxy.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Where the two databases differ. */
enum Dialect {
    H2("SELECT CURRENT_TIMESTAMP") {
        // Nobody else listens.
        @Override
        void changed(Connection connection) {}

        // A commit is written out, but not forced to the disk; what was released must not come back after a power
        // failure.
        @Override
        void committed(Connection connection) throws SQLException {
            execute(connection, "CHECKPOINT SYNC");
        }
    },
    POSTGRES("SELECT pg_catalog.clock_timestamp()") {
        @Override
        void changed(Connection connection) throws SQLException {
            execute(connection, "SELECT pg_catalog.pg_notify('" + CHANNEL + "', '')");
        }

        @Override
        void committed(Connection connection) {}
    };

    /** On which a proxy that has changed something wakes the others. */
    static final String CHANNEL = "holdfast_control";

    private final String now;

    Dialect(String now) {
        this.now = now;
    }

    /** The query for the clock that all users of the database share. */
    String now() {
        return now;
    }

    /** Called inside a transaction that has changed holds. */
    abstract void changed(Connection connection) throws SQLException;

    /** Called behind the commit of one that has. */
    abstract void committed(Connection connection) throws SQLException;

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
