package io.holdfast.proxy.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A person at a terminal: a connection of their own, on which one statement runs at a time. */
final class Actor implements AutoCloseable {
    /** Far beyond the notices of a hold: only a proxy that is stuck lets a connection be silent for so long. */
    private static final String SILENCE_SECONDS = "60";

    private final String name;
    private final String database;
    private final Connection connection;
    private final Screen screen;

    private Actor(String name, String database, Connection connection, Screen screen) {
        this.name = name;
        this.database = database;
        this.connection = connection;
        this.screen = screen;
    }

    /** Logs in to the proxy on loopback; with TLS, which is what the driver asks for first. */
    static Actor connect(String name, String password, String database, int port, Screen screen) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "tour");
        properties.setProperty("preferQueryMode", "simple"); // as psql does; the admin console knows nothing else
        properties.setProperty("socketTimeout", SILENCE_SECONDS);
        Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + '/' + database, properties);
        return new Actor(name, database, connection, screen);
    }

    /** Runs one statement to its end. */
    Reply types(String sql) throws SQLException {
        screen.typed(name, database, sql);
        try (Statement statement = connection.createStatement()) {
            Reply reply = Reply.to(statement, sql);
            screen.shown(name, reply.lines());
            return reply;
        }
    }

    /** Begins a statement that is expected to wait. */
    RunningStatement starts(String sql) throws SQLException {
        screen.typed(name, database, sql);
        return RunningStatement.start(connection.createStatement(), sql, lines -> screen.shown(name, lines));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
