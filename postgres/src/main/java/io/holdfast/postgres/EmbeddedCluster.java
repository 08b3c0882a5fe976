package io.holdfast.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Servers of one directory. */
final class EmbeddedCluster implements PostgresCluster {
    private final ClusterSpec spec;
    private final Path base;
    private final List<EmbeddedServer> servers;
    private final Thread atExit;
    private boolean closed;

    /** The list may still grow while the cluster starts: whatever is in it when the cluster closes is stopped. */
    EmbeddedCluster(ClusterSpec spec, Path base, List<EmbeddedServer> servers) {
        this.spec = spec;
        this.base = base;
        this.servers = servers;
        atExit = new Thread(this::shutDown, "postgres-at-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public PostgresServer primary() {
        return servers.getFirst();
    }

    @Override
    public List<PostgresServer> standbys() {
        return List.copyOf(servers.subList(1, servers.size()));
    }

    @Override
    public String superuser() {
        return spec.superuser();
    }

    @Override
    public String password() {
        return spec.password();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook does the work, or has done it.
        }
        shutDown();
    }

    /** The primary first: in a fast shutdown it hands its last WAL to the standbys. */
    private synchronized void shutDown() {
        if (closed) {
            return;
        }
        closed = true;
        boolean kept = spec.directory() != null;
        for (EmbeddedServer server : servers) {
            try {
                server.stop(kept ? PostgresServer.Mode.FAST : PostgresServer.Mode.IMMEDIATE);
            } catch (PostgresException e) {
                server.kill();
            }
        }
        if (!kept) {
            try {
                Folders.delete(base);
            } catch (IOException e) {
                throw new PostgresException("cannot delete " + base + ": " + Problems.explain(e), e);
            }
        }
    }
}
