package io.holdfast.proxy.cli;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.upstream.CatalogQuery;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The catalog of the database that {@code --connect} names. */
final class CheckCatalog {
    private CheckCatalog() {}

    /**
     * Connects, reads, and disconnects.
     *
     * @param address {@code postgresql://user@host:5432/database}, as psql takes it; a password that is not in it is looked for in
     *     PGPASSWORD and in the password file
     * @throws SQLException if it is no such address, or the server cannot be asked
     */
    static Catalog read(String address) throws SQLException {
        URI uri = uri(address);
        Properties properties = new Properties();
        PGProperty.APPLICATION_NAME.set(properties, "holdfast check");
        PGProperty.OPTIONS.set(properties, "-c default_transaction_read_only=on");
        String login = uri.getRawUserInfo();
        if (login != null) {
            String[] parts = login.split(":", 2);
            PGProperty.USER.set(properties, decode(parts[0]));
            if (parts.length == 2) {
                PGProperty.PASSWORD.set(properties, decode(parts[1]));
            }
        }
        String environment = System.getenv("PGPASSWORD");
        if (environment != null && PGProperty.PASSWORD.getOrDefault(properties) == null) {
            PGProperty.PASSWORD.set(properties, environment);
        }
        String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ':' + uri.getPort();
        try (Connection connection =
                new Driver().connect("jdbc:postgresql://" + host + uri.getRawPath() + query, properties)) {
            if (connection == null) {
                throw notAnAddress(address);
            }
            return Catalog.of(CatalogQuery.read(connection));
        }
    }

    private static URI uri(String address) throws SQLException {
        try {
            URI uri = URI.create(address);
            boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (scheme && uri.getHost() != null && uri.getRawPath().length() > 1) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw notAnAddress(address);
    }

    /** Without the address: there may be a password in it. */
    private static SQLException notAnAddress(String address) {
        int scheme = address.indexOf("://");
        return new SQLException((scheme < 0 ? "" : address.substring(0, scheme + 3) + "...: ")
                + "expected: postgresql://user@host:5432/database");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
