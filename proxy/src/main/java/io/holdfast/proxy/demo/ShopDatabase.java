package io.holdfast.proxy.demo;

import io.holdfast.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The sample database {@value #NAME}, its people's roles and the proxy's account. */
final class ShopDatabase {
    static final String NAME = "shop";

    /** Those of its data. */
    static final List<String> TABLES = List.of("customers", "products", "orders", "order_items", "payments", "events");

    private ShopDatabase() {}

    /**
     * Creates all of it on a primary that does not have it; a primary that has it stays as it is.
     *
     * @param logins whose passwords the roles get
     * @throws SQLException if a statement fails; the primary is then of no further use
     */
    static void create(PostgresServer primary, DemoLogins logins) throws SQLException {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            if (exists(statement)) {
                return;
            }
            createRoles(statement, logins);
            statement.execute("CREATE DATABASE " + NAME + " OWNER shop_owner");
        }
        try (Connection connection = primary.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(resource("holdfast-account.sql"));
            statement.execute("ALTER ROLE holdfast PASSWORD " + literal(logins.password(DemoLogins.PROXY)));
            statement.execute(resource("shop.sql"));
            // So that approvers see how many rows a statement would touch.
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast");
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + '\'')) {
            return rows.next();
        }
    }

    /** Developers own the tables through a group, for TRUNCATE asks for a privilege; operators read. */
    private static void createRoles(Statement statement, DemoLogins logins) throws SQLException {
        statement.execute("CREATE ROLE shop_owner");
        statement.execute("CREATE ROLE shop_reader");
        for (String developer : DemoLogins.DEVELOPERS) {
            createLogin(statement, developer, logins, "shop_owner");
        }
        for (String operator : DemoLogins.OPERATORS) {
            createLogin(statement, operator, logins, "shop_reader, pg_monitor");
        }
    }

    private static void createLogin(Statement statement, String role, DemoLogins logins, String groups)
            throws SQLException {
        statement.execute(
                "CREATE ROLE " + role + " LOGIN IN ROLE " + groups + " PASSWORD " + literal(logins.password(role)));
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    private static String resource(String name) {
        try (var in = ShopDatabase.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
