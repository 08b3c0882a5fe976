package io.holdfast.config;

import java.nio.file.Path;

/** Where clients connect. */
public sealed interface ListenAddress {
    /** An address of this machine, or all of them ({@code 0.0.0.0}, {@code ::}). */
    record Tcp(HostPort address) implements ListenAddress {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * A socket in the file system; libpq looks for {@code .s.PGSQL.PORT} in the folder that it is given as host.
     *
     * @param path absolute
     * @param mode permissions, 0..0777: who may connect
     */
    record UnixSocket(Path path, int mode) implements ListenAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }
}
