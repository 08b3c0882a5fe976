package io.holdfast.config;

import java.nio.file.Path;

/** Where holds, grants and decisions are kept. */
public sealed interface ControlStoreConfig {
    /**
     * Embedded, for one proxy alone.
     *
     * @param file without the suffix that the database adds
     */
    record Embedded(Path file) implements ControlStoreConfig {}

    /**
     * A PostgreSQL database that several proxies share.
     *
     * @param password may be empty
     */
    record Shared(HostPort address, String database, String user, String password, UpstreamTls tls)
            implements ControlStoreConfig {
        /** Without the password. */
        @Override
        public String toString() {
            return user + '@' + address + '/' + database;
        }
    }
}
