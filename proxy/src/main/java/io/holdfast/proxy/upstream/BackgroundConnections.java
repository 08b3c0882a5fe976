package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.UpstreamTls.Mode;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Connections of the proxy's own account: read-only, with a time limit on everything. */
public final class BackgroundConnections {
    /** sqlclient_unable_to_establish_sqlconnection. */
    private static final String LOGIN_TIMED_OUT = "08001";

    private final Upstream upstream;
    private final Properties properties;
    private final Driver driver = new Driver();

    /** Connects when asked to. */
    public BackgroundConnections(Upstream upstream) {
        this.upstream = upstream;
        properties = properties(upstream);
    }

    /** To the account's own database; connects and logs in within connect-timeout; later reads from the socket have the same limit. */
    public Connection open(HostPort host) throws SQLException {
        return open(host, upstream.account().database());
    }

    /** As {@link #open(HostPort)}, to another database. */
    public Connection open(HostPort host, String database) throws SQLException {
        Connection connection = driver.connect(url(host, database), properties);
        if (connection == null) {
            throw new SQLException("host: " + host + " (expected: a name or address)");
        }
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(millis(upstream)));
        return connection;
    }

    static String url(HostPort host, String database) {
        return "jdbc:postgresql://" + host + '/' + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    static Properties properties(Upstream upstream) {
        long millis = millis(upstream);
        String seconds = Long.toString((millis + 999) / 1000); // the driver counts these two in whole seconds
        Properties properties = new Properties();
        PGProperty.USER.set(properties, upstream.account().user());
        if (!upstream.account().password().isEmpty()) {
            PGProperty.PASSWORD.set(properties, upstream.account().password());
        }
        PGProperty.APPLICATION_NAME.set(properties, "holdfast");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14"); // saves a round trip for application_name
        PGProperty.TARGET_SERVER_TYPE.set(properties, "any");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.LOGIN_TIMEOUT.set(properties, String.format(Locale.ROOT, "%.3f", millis / 1000.0));
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        PGProperty.OPTIONS.set(
                properties,
                "-c default_transaction_read_only=on -c statement_timeout=" + millis + " -c lock_timeout=" + millis);
        tls(properties, upstream);
        return properties;
    }

    private static void tls(Properties properties, Upstream upstream) {
        Mode mode = upstream.tls().mode();
        PGProperty.SSL_MODE.set(properties, mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        Path root = upstream.tls().rootCertificate();
        switch (mode) {
            case DISABLE, REQUIRE -> {}
            case VERIFY_CA, VERIFY_FULL -> {
                if (root == null) {
                    PGProperty.SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
                } else {
                    PGProperty.SSL_ROOT_CERT.set(properties, root.toString());
                }
            }
        }
    }

    private static long millis(Upstream upstream) {
        return Math.max(1, upstream.connectTimeout().toMillis());
    }

    /** Whether the connection, rather than the statement, has failed. */
    static boolean isConnectionFailure(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /** Whether nobody answered in time, as opposed to somebody who said no. */
    static boolean isTimeout(SQLException failure) {
        Throwable cause = failure.getCause();
        if (cause == null) {
            return LOGIN_TIMED_OUT.equals(failure.getSQLState()); // what connects nowhere else has a cause
        }
        while (cause != null && !(cause instanceof SocketTimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** The first line of a message, without a full stop; a server's may have more. */
    static String oneLine(SQLException failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElseThrow();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
