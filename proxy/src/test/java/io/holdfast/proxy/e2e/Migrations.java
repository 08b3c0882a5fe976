package io.holdfast.proxy.e2e;

import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The migrations in this package's resources, run by Flyway as ana through the proxy. */
final class Migrations {
    private static final String FOLDER = "classpath:io/holdfast/proxy/e2e/";

    private Migrations() {}

    /** Into a schema that Flyway creates. */
    static FluentConfiguration into(String schema, ProxyFixture proxy) {
        return Flyway.configure()
                .dataSource(proxy.url(TestServers.DATABASE), "ana", TestServers.PASSWORD)
                .locations(FOLDER + "migrations")
                .defaultSchema(schema);
    }

    /** With one more, which drops a table. */
    static FluentConfiguration withDestruction(String schema, ProxyFixture proxy) {
        return into(schema, proxy).locations(FOLDER + "migrations", FOLDER + "destructive");
    }
}
