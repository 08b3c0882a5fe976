package io.holdfast.proxy.bypass;

import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;

/** The tables that ways around are tried on, seen and restored past any proxy. */
final class Victims implements AutoCloseable {
    static final String SEARCH_PATH = "bypass, public";

    private static final int ROWS = 10;

    private final Connection direct;

    private Victims(Connection direct) {
        this.direct = direct;
    }

    static Victims create(TestServers servers) throws SQLException {
        servers.administer(Attempt.resource("victims.sql"));
        Victims victims = new Victims(servers.superuser());
        victims.showToOtherServers();
        return victims;
    }

    /** The primary is a foreign server of its own, at the port that it listens on, wherever it runs. */
    private void showToOtherServers() throws SQLException {
        String address = "host '127.0.0.1', port '" + Sql.number(direct, "SELECT current_setting('port')") + '\'';
        Sql.run(
                direct,
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (" + address + ", dbname '"
                        + TestServers.DATABASE + "')");
        Sql.run(
                direct,
                "CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (user 'ana', password '" + TestServers.PASSWORD
                        + "')");
        Sql.run(direct, "GRANT USAGE ON FOREIGN SERVER elsewhere TO shop_owner");
        Sql.run(direct, Attempt.resource("foreign.sql"));
    }

    /** As if nothing had happened. */
    void restore() throws SQLException {
        Sql.run(direct, "DELETE FROM bypass.parent");
        Sql.run(direct, "INSERT INTO bypass.parent VALUES (1)");
        Sql.run(direct, "INSERT INTO bypass.victim SELECT id, id, true, 1 FROM generate_series(1, " + ROWS + ") id");
    }

    /** Whether a row is missing or changed. */
    boolean isHarmed() throws SQLException {
        return Sql.number(direct, "SELECT count(*) FROM bypass.victim WHERE n = id") != ROWS;
    }

    /** @param function with the types of its arguments */
    int oidOf(String function) throws SQLException {
        return (int) Sql.number(direct, "SELECT '" + function + "'::regprocedure::oid");
    }

    @Override
    public void close() throws SQLException {
        Sql.run(direct, "DROP EVENT TRIGGER bypass_statistics");
        Sql.run(direct, "SET client_min_messages = error");
        Sql.run(direct, "DROP SCHEMA bypass, bypass_evil CASCADE");
        direct.close();
    }
}
