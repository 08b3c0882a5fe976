package io.holdfast.postgres;

import com.github.dockerjava.api.DockerClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server in a container. Its port on the host is fixed, so that a restarted server is found where it was. */
final class DockerServer implements PostgresServer {
    private final String name;
    private final GenericContainer<?> container;
    private final int port;
    private final Login login;

    DockerServer(String name, GenericContainer<?> container, int port, Login login) {
        this.name = name;
        this.container = container;
        this.port = port;
        this.login = login;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running");
        }
        if (container.getContainerId() == null) {
            container.start();
        } else {
            client().startContainerCmd(container.getContainerId()).exec();
        }
        // While the image sets itself up, its server listens on the Unix socket only.
        Wait.forSuccessfulCommand("pg_isready -q -h 127.0.0.1").waitUntilReady(container);
    }

    @Override
    public void stop(Mode mode) {
        signal(
                switch (mode) {
                    case FAST -> "SIGINT";
                    case IMMEDIATE -> "SIGQUIT";
                });
    }

    @Override
    public void kill() {
        signal("SIGKILL");
    }

    private void signal(String signal) {
        if (isRunning()) {
            client().killContainerCmd(container.getContainerId())
                    .withSignal(signal)
                    .exec();
            client().waitContainerCmd(container.getContainerId()).start().awaitStatusCode();
        }
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public String logTail() {
        return container.getLogs();
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), login.user(), login.password());
    }

    /** Removes the container and its volumes. */
    void remove() {
        container.stop();
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }
}
