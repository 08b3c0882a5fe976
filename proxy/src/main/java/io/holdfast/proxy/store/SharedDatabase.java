package io.holdfast.proxy.store;

import com.zaxxer.hikari.HikariConfig;
import io.holdfast.config.ControlStoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * How PostgreSQL as a control store is connected to. Everything has a time limit, on both sides: a proxy that stands still inside a
 * transaction must not keep the others waiting.
 */
record SharedDatabase(ControlStoreConfig.Shared config) {
    private static final String LOGIN_SECONDS = "2";
    private static final String ANSWER_SECONDS = "6";
    private static final String LIMITS =
            "-c statement_timeout=5s -c lock_timeout=4s -c idle_in_transaction_session_timeout=5s"
                    + " -c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off"
                    + " -c search_path=public";

    HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setDriverClassName(Driver.class.getName());
        pool.setJdbcUrl(url());
        pool.setDataSourceProperties(properties());
        return pool;
    }

    Connection connect() throws SQLException {
        return connect(properties());
    }

    /** For somebody who sits there and waits for an answer, and keeps no proxy from anything. */
    Connection connectPatiently() throws SQLException {
        Properties properties = properties();
        PGProperty.OPTIONS.set(properties, "-c search_path=public");
        PGProperty.SOCKET_TIMEOUT.set(properties, "0");
        return connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        Connection connection = new Driver().connect(url(), properties);
        if (connection == null) {
            throw new SQLException("control-store: " + config + " (expected: an address)");
        }
        return connection;
    }

    private String url() {
        return "jdbc:postgresql://" + config.address() + '/' + config.database();
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        if (!config.password().isEmpty()) {
            PGProperty.PASSWORD.set(properties, config.password());
        }
        PGProperty.APPLICATION_NAME.set(properties, "holdfast control store");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.LOGIN_TIMEOUT.set(properties, LOGIN_SECONDS);
        PGProperty.CONNECT_TIMEOUT.set(properties, LOGIN_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
        PGProperty.OPTIONS.set(properties, LIMITS);
        tls(properties);
        return properties;
    }

    private void tls(Properties properties) {
        PGProperty.SSL_MODE.set(
                properties, config.tls().mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        Path root = config.tls().rootCertificate();
        switch (config.tls().mode()) {
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
}
