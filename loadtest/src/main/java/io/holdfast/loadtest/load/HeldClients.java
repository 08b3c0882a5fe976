package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Servers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that want to truncate a table, and wait until they may. Nobody lets them. */
public final class HeldClients implements AutoCloseable {
    /** Holdfast keeps so many holds open. */
    public static final int MOST = 1_000;

    private static final String TABLE = "precious";
    private static final String USER = "waiting";

    /** Holdfast lets each user have so many open holds. */
    private static final int HOLDS_OF_USER = 100;

    private static final int AT_ONCE = 16;

    private final List<RawClient> clients;

    private HeldClients(List<RawClient> clients) {
        this.clients = clients;
    }

    /** Makes the table and the users that so many clients need. */
    public static void prepare(Servers servers, int count) throws SQLException {
        servers.sql("CREATE TABLE " + TABLE + " AS SELECT 1 AS row");
        for (int i = 0; i * HOLDS_OF_USER < count; i++) {
            servers.sql("CREATE ROLE " + USER + i + " LOGIN PASSWORD '" + Servers.PASSWORD + '\'');
        }
    }

    /** Logs them in. */
    public static HeldClients connect(int port, int count) throws IOException, InterruptedException {
        List<RawClient> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<RawClient>> opening = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String user = USER + i / HOLDS_OF_USER;
                opening.add(threads.submit(() -> RawClient.connect(port, user)));
            }
            for (Future<RawClient> one : opening) {
                clients.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("client " + (clients.size() + 1), e.getCause());
        }
        return new HeldClients(clients);
    }

    /** All of them ask; each is told that it must wait. */
    public void ask() throws IOException {
        for (RawClient client : clients) {
            client.hold("TRUNCATE " + TABLE);
        }
    }

    /**
     * Makes sure of it.
     *
     * @throws IOException if one of them has had an answer
     */
    public void requireWaiting() throws IOException {
        for (RawClient client : clients) {
            if (client.hasAnswer()) {
                throw new IOException("a client that should be waiting was answered");
            }
        }
    }

    /**
     * Makes sure that nothing of what they wanted has happened.
     *
     * @throws IOException if it has
     */
    public static void requireUntouched(Servers servers) throws IOException, SQLException {
        try (Connection connection = servers.primary().connect(Servers.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + TABLE)) {
            if (!rows.next() || rows.getInt(1) != 1) {
                throw new IOException("table " + TABLE + " was truncated by a client that should have waited");
            }
        }
    }

    /** They leave without a word, which withdraws what they asked for. */
    @Override
    public void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }
}
