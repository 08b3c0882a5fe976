package io.holdfast.proxy.guard;

import io.holdfast.proxy.ci.Caller;
import io.holdfast.proxy.targets.Server;
import io.holdfast.proxy.targets.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Logs in to a target as the command would, to read only and not for long. */
final class Logins {
    private final Driver driver = new Driver();
    private final String seconds;

    /** @param limit of connecting and of each answer; whole seconds count, at least one */
    Logins(Duration limit) {
        seconds = Long.toString(Math.max(1, limit.toSeconds()));
    }

    /** @throws SQLException if it cannot; see {@link Failures} */
    Connection open(Target target, Server server) throws SQLException {
        String place = switch (server) {
            case Server.Tcp tcp -> tcp.toString();
            case Server.Unix unix -> "localhost:" + unix.port();
        };
        String database = URLEncoder.encode(target.database(), StandardCharsets.UTF_8);
        Connection connection =
                driver.connect("jdbc:postgresql://" + place + '/' + database, properties(target, server));
        if (connection == null) {
            throw new SQLException("host: " + place + " (expected: a name or address)", "08001");
        }
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private Properties properties(Target target, Server server) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, target.user());
        if (target.password() != null) {
            PGProperty.PASSWORD.set(properties, target.password());
        }
        PGProperty.APPLICATION_NAME.set(properties, Caller.GUARD); // a Holdfast before production refuses it
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.READ_ONLY_MODE.set(properties, "always");
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        switch (server) {
            case Server.Tcp tcp -> target.tls().forEach(properties::put);
            case Server.Unix unix -> {
                PGProperty.SSL_MODE.set(properties, "disable");
                PGProperty.SOCKET_FACTORY.set(properties, UnixSockets.class.getName());
                PGProperty.SOCKET_FACTORY_ARG.set(properties, unix.file().toString());
            }
        }
        return properties;
    }
}
