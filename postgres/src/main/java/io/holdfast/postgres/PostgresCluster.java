package io.holdfast.postgres;

import java.time.Duration;
import java.util.List;

/**
 * A running primary with its streaming standbys.
 *
 * <pre>{@code
 * try (PostgresCluster cluster = PostgresCluster.builder().standbys(1).start();
 *         Connection connection = cluster.primary().connect("postgres")) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Closing stops the servers and deletes their files, unless the directory was the caller's. It also happens when the
 * JVM exits. When the JVM is killed, Linux's setpriv has the kernel stop the servers; without it (macOS, busybox) they
 * stay, and so do temporary files.
 */
public interface PostgresCluster extends AutoCloseable {
    static ClusterSpec.Builder builder() {
        return new ClusterSpec.Builder();
    }

    PostgresServer primary();

    /** In the order of their names; empty if none was asked for. */
    List<PostgresServer> standbys();

    /** The first standby. */
    default PostgresServer standby() {
        return standbys().getFirst();
    }

    /** Name of the superuser, who may log in over TCP with {@link #password()}. */
    String superuser();

    String password();

    /**
     * Waits until every standby has replayed what was committed on the primary before this call.
     *
     * @throws PostgresException if one has not done so in time
     */
    default void awaitReplay(Duration limit) {
        Replication.awaitReplay(primary(), standbys(), limit);
    }

    @Override
    void close();
}
