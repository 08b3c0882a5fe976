package io.holdfast.proxy.testing;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.UpstreamTls;
import io.holdfast.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The database that proxies share, made with the script that people are given. */
public final class ControlDatabase {
    private ControlDatabase() {}

    /** Makes the database anew on a server that nobody else uses for this. */
    public static ControlStoreConfig.Shared createOn(PostgresServer server) throws SQLException, IOException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS holdfast_control WITH (FORCE)");
            statement.execute("DROP ROLE IF EXISTS holdfast_control");
            statement.execute("DROP ROLE IF EXISTS holdfast_audit_owner");
            run(statement, "holdfast-control-store.sql");
            statement.execute("ALTER ROLE holdfast_control PASSWORD '" + TestServers.PASSWORD + '\'');
        }
        return configOn(server);
    }

    /** Takes the copies of audit logs, which must be there, from the login that writes them. */
    public static void keepCopiesFromTheirWriter(PostgresServer server) throws SQLException, IOException {
        try (Connection connection = server.connect("holdfast_control");
                Statement statement = connection.createStatement()) {
            run(statement, "holdfast-audit-copy.sql");
        }
    }

    private static void run(Statement statement, String script) throws SQLException, IOException {
        String text = Files.readString(Path.of(System.getProperty("holdfast.root"), "deploy", script));
        for (String command : text.replaceAll("(?m)^--.*$", "").split(";", -1)) {
            if (!command.isBlank()) {
                statement.execute(command);
            }
        }
    }

    /** The database that is there. */
    public static ControlStoreConfig.Shared configOn(PostgresServer server) {
        return new ControlStoreConfig.Shared(
                new HostPort(server.host(), server.port()),
                "holdfast_control",
                "holdfast_control",
                TestServers.PASSWORD,
                new UpstreamTls(UpstreamTls.Mode.DISABLE, null));
    }
}
