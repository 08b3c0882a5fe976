package io.holdfast.postgres;

import java.util.List;
import org.testcontainers.containers.Network;

/** Servers in containers of one network; Testcontainers' own reaper removes them if the JVM is killed. */
record DockerCluster(ClusterSpec spec, Network network, List<DockerServer> servers) implements PostgresCluster {
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
        servers.reversed().forEach(DockerServer::remove);
        network.close();
    }
}
