package io.holdfast.postgres;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Where servers come from. */
public interface PostgresProvider {
    /** {@code embedded} (the default) or {@code docker}; Maven hands it to the tests of every module. */
    String PROPERTY = "holdfast.test.postgres";

    /**
     * Starts a cluster and waits until its standbys stream.
     *
     * @throws PostgresException if it cannot; nothing is left running
     */
    PostgresCluster start(ClusterSpec spec);

    /** Programs from Maven artifacts, run on this machine. */
    static PostgresProvider embedded() {
        return new EmbeddedPostgres();
    }

    /** What {@value #PROPERTY} asks for. */
    static PostgresProvider configured() {
        String wanted = System.getProperty(PROPERTY, "embedded");
        return switch (wanted) {
            case "embedded" -> embedded();
            case "docker" -> docker();
            default -> throw new PostgresException(PROPERTY + ": " + wanted + " (expected: embedded or docker)");
        };
    }

    /** Found as a service, so that Testcontainers may be missing wherever nobody asks for it. */
    private static PostgresProvider docker() {
        try {
            return ServiceLoader.load(PostgresProvider.class).findFirst().orElseThrow();
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            throw new PostgresException(
                    PROPERTY + ": docker needs org.testcontainers:testcontainers on the class path", e);
        }
    }
}
