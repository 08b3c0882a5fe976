package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a target's server is said to be. */
public sealed interface Server {
    /** 1..65535. */
    int port();

    /**
     * Over TCP.
     *
     * @param host a name or an address, an IPv6 one without brackets
     */
    record Tcp(String host, int port) implements Server {
        private static final Pattern LITERAL = Pattern.compile("[0-9.]+");

        /** Whether it is an address, not a name. */
        public boolean isLiteral() {
            return host.indexOf(':') >= 0 || LITERAL.matcher(host).matches();
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
        }
    }

    /**
     * By a Unix socket.
     *
     * @param folder that has it
     */
    record Unix(Path folder, int port) implements Server {
        /** As PostgreSQL calls it. */
        public Path file() {
            return folder.resolve(".s.PGSQL." + port);
        }

        @Override
        public String toString() {
            return file().toString();
        }
    }
}
