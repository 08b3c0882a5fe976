package io.holdfast.proxy.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the control store, made or brought up to date; of several proxies that start at once, one does it. */
final class Schema {
    private Schema() {}

    /** @throws SQLException if the database cannot be reached, or belongs to something else */
    static void migrate(DataSource database) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:io/holdfast/proxy/store")
                    .table("holdfast_schema")
                    .baselineOnMigrate(true) // beside other tables, if somebody wants that
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }
}
