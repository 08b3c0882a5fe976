package io.holdfast.loadtest.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of one proxy that have logged in, have run a query and then do nothing, until they are told to. */
public final class IdleClients implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final String url;
    private final Properties properties = new Properties();
    private final List<Connection> connections = new ArrayList<>();

    public IdleClients(int port, String database, String user, String password) {
        url = "jdbc:postgresql://127.0.0.1:" + port + '/' + database;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("assumeMinServerVersion", "14"); // nothing is asked at login
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("sslmode", "disable");
    }

    /** Connects until there are so many. */
    public void grow(int count) throws SQLException, InterruptedException, IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Connection>> opening = new ArrayList<>();
            for (int i = connections.size(); i < count; i++) {
                opening.add(threads.submit(() -> {
                    Connection connection = DriverManager.getConnection(url, properties);
                    ask(connection);
                    return connection;
                }));
            }
            for (Future<Connection> one : opening) {
                connections.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("client " + (connections.size() + 1), e.getCause());
        }
    }

    /** Every one of them runs a query, which must be answered. */
    public void askAll() throws SQLException {
        for (Connection connection : connections) {
            ask(connection);
        }
    }

    /** All of them work at once, one query after the other. */
    public void work(Duration time) throws SQLException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            for (Connection connection : connections) {
                working.add(threads.submit(() -> {
                    while (System.nanoTime() - until < 0) {
                        ask(connection);
                    }
                    return null;
                }));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("a client that works", e.getCause());
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            if (!rows.next() || rows.getInt(1) != 1) {
                throw new SQLException("SELECT 1 was answered by something else");
            }
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it is going away anyhow
            }
        }
    }
}
