package io.holdfast.proxy.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Tables of the control store, made or brought up to date; of several proxies that start at once, one does it.
 *
 * @param scripts a folder of the class path; folders in it belong to it
 * @param history the table that says which of them have run
 * @param newest the version of the newest one. Flyway takes a second of processor time to find out that there is nothing to do
 */
record Schema(String scripts, String history, String newest) {
    /** Holds, grants, decisions and freezes, in either database. */
    static final Schema HOLDS = new Schema("io/holdfast/proxy/store", "holdfast_schema", "3");

    /** Copies of audit logs, in PostgreSQL. */
    static final Schema AUDIT_COPY = new Schema("io/holdfast/proxy/auditcopy", "holdfast_audit_schema", "1");

    /** @throws SQLException if the database cannot be reached, or belongs to something else */
    void migrate(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (isCurrent(connection)) {
                return;
            }
        }
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:" + scripts)
                    .table(history)
                    .baselineOnMigrate(true) // beside other tables, if somebody wants that
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    boolean isCurrent(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM \"" + history + "\" WHERE \"version\" = ? AND \"success\"")) {
            statement.setString(1, newest);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            return false; // an empty database; if it is something worse, the migration says so
        }
    }
}
