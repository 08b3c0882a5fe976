package io.holdfast.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;

/**
 * The same cluster from the official image, for machines whose tests should run against the PostgreSQL that people
 * deploy: {@code mvn verify -Dholdfast.test.postgres=docker}. Needs a Docker engine, and Testcontainers on the class path
 * of the module under test. A directory to keep is not supported: the data lives in the containers.
 */
public final class DockerPostgres implements PostgresProvider {
    private static final int PORT = 5432;
    private static final int NEWEST = 18;
    private static final String PRIMARY_SCRIPT = resource("docker-primary.sh");
    private static final String STANDBY_SCRIPT = resource("docker-standby.sh");

    @Override
    public PostgresCluster start(ClusterSpec spec) {
        if (spec.directory() != null) {
            throw new PostgresException("directory: not supported with " + PROPERTY + "=docker");
        }
        var cluster = new DockerCluster(spec, Network.newNetwork(), new ArrayList<>());
        try {
            assemble(spec, cluster);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static void assemble(ClusterSpec spec, DockerCluster cluster) {
        var replication = new Replication(ClusterSpec.randomPassword());
        List<String> standbys = IntStream.rangeClosed(1, spec.standbys())
                .mapToObj(number -> "standby" + number)
                .toList();
        DockerServer primary = add(cluster, "primary", primary(spec));
        primary.start();
        replication.prepare(primary, standbys);
        for (String standby : standbys) {
            add(cluster, standby, standby(spec, replication.settings("primary", PORT, standby)))
                    .start();
        }
        replication.awaitStreaming(primary, standbys.size());
    }

    private static DockerServer add(DockerCluster cluster, String name, GenericContainer<?> container) {
        ClusterSpec spec = cluster.spec();
        int wanted = spec.port(cluster.servers().size());
        int port = wanted == 0 ? Ports.free() : wanted;
        container.withNetwork(cluster.network()).withNetworkAliases(name).withExposedPorts(PORT);
        container.setPortBindings(List.of("127.0.0.1:" + port + ':' + PORT));
        var server = new DockerServer(name, container, port, new Login(spec.superuser(), spec.password()));
        cluster.servers().add(server);
        return server;
    }

    private static GenericContainer<?> primary(ClusterSpec spec) {
        GenericContainer<?> container = image(spec)
                .withEnv("POSTGRES_USER", spec.superuser())
                .withEnv("POSTGRES_PASSWORD", spec.password())
                .withEnv("POSTGRES_DB", "postgres")
                .withEnv("POSTGRES_INITDB_ARGS", "--auth=scram-sha-256 --encoding=UTF8 --locale=C")
                .withCopyToContainer(Transferable.of(PRIMARY_SCRIPT), "/docker-entrypoint-initdb.d/primary.sh")
                .withCommand(Stream.concat(Stream.of("postgres"), arguments(spec, Map.of()))
                        .toArray(String[]::new));
        ServerCertificate certificate = spec.certificate();
        if (certificate != null) {
            container
                    .withCopyToContainer(Transferable.of(read(certificate.certificate())), "/holdfast/server.crt")
                    .withCopyToContainer(Transferable.of(read(certificate.key())), "/holdfast/server.key");
        }
        return container;
    }

    /** The image's entry point only changes user for its own command, so this one starts as the right user. */
    private static GenericContainer<?> standby(ClusterSpec spec, Map<String, String> following) {
        return image(spec)
                .withEnv("HOLDFAST_PRIMARY", following.getOrDefault("primary_conninfo", ""))
                .withEnv("HOLDFAST_SLOT", following.getOrDefault("primary_slot_name", ""))
                .withCreateContainerCmdModifier(command -> command.withUser("postgres"))
                .withCommand(
                        Stream.concat(Stream.of("bash", "-c", STANDBY_SCRIPT, "standby"), arguments(spec, following))
                                .toArray(String[]::new));
    }

    private static GenericContainer<?> image(ClusterSpec spec) {
        return new GenericContainer<>("postgres:" + spec.majorVersion().orElse(NEWEST));
    }

    private static Stream<String> arguments(ClusterSpec spec, Map<String, String> following) {
        var settings = new HashMap<>(ServerSettings.merged(spec.settings()));
        settings.putAll(following);
        return settings.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + '=' + setting.getValue()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PostgresException("cannot read " + file + ": " + Problems.explain(e), e);
        }
    }

    private static String resource(String name) {
        try (var in = DockerPostgres.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new PostgresException("cannot read " + name + ": " + Problems.explain(e), e);
        }
    }
}
