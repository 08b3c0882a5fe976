package io.holdfast.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Starts clusters from the binaries on the class path. A new standby is a copy of the primary's files, made before the
 * primary's first start, so it needs neither pg_basebackup nor a second of waiting for a checkpoint.
 */
final class EmbeddedPostgres implements PostgresProvider {
    @Override
    public PostgresCluster start(ClusterSpec spec) {
        try {
            return new Assembly(spec).start();
        } catch (IOException e) {
            throw new PostgresException("cannot start PostgreSQL: " + Problems.explain(e), e);
        }
    }

    /** The steps from a specification to a running cluster. */
    private static final class Assembly {
        private final ClusterSpec spec;
        private final PostgresBinaries binaries;
        private final RunAs runAs = RunAs.detect();
        private final Path base;
        private final Login superuser;
        private final Replication replication = new Replication(ClusterSpec.randomPassword());
        private final List<EmbeddedServer> servers = new ArrayList<>();

        Assembly(ClusterSpec spec) throws IOException {
            this.spec = spec;
            IntStream.rangeClosed(0, spec.standbys())
                    .map(spec::port)
                    .filter(port -> port != 0)
                    .forEach(Ports::requireFree);
            binaries = spec.majorVersion().isPresent()
                    ? PostgresBinaries.unpack(spec.majorVersion().getAsInt())
                    : PostgresBinaries.unpackNewest();
            superuser = new Login(spec.superuser(), spec.password());
            Path kept = spec.directory();
            base = kept == null
                    ? Files.createTempDirectory("holdfast-cluster-")
                    : Files.createDirectories(kept).toRealPath();
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
            runAs.own(base);
        }

        PostgresCluster start() throws IOException {
            var cluster = new EmbeddedCluster(spec, base, servers);
            try {
                runAs.requireTraversable(base);
                DataDirectory primary = directory("primary");
                if (!primary.exists()) {
                    primary.initialize(binaries, superuser.user(), superuser.password());
                }
                List<DataDirectory> standbys = new ArrayList<>();
                for (String name : standbyNames()) {
                    standbys.add(standby(name, primary));
                }
                EmbeddedServer first = launch("primary", primary, 0, Map.of());
                replication.prepare(first, standbyNames());
                for (int i = 0; i < standbys.size(); i++) {
                    String name = standbyNames().get(i);
                    launch(name, standbys.get(i), i + 1, replication.settings(first.host(), first.port(), name));
                }
                replication.awaitStreaming(first, standbys.size());
                return cluster;
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
        }

        private List<String> standbyNames() {
            return IntStream.rangeClosed(1, spec.standbys())
                    .mapToObj(number -> "standby" + number)
                    .toList();
        }

        private DataDirectory directory(String name) {
            return new DataDirectory(base.resolve(name), runAs);
        }

        private DataDirectory standby(String name, DataDirectory primary) throws IOException {
            DataDirectory standby = directory(name);
            if (!standby.exists()) {
                Folders.copy(primary.path(), standby.path());
                standby.markStandby();
            }
            return standby;
        }

        private EmbeddedServer launch(String name, DataDirectory data, int number, Map<String, String> following)
                throws IOException {
            int port = spec.port(number) == 0 ? Ports.free() : spec.port(number);
            Map<String, String> shape = new HashMap<>(following);
            shape.put("port", Integer.toString(port));
            shape.put("cluster_name", name);
            if (spec.certificate() != null) {
                data.install(spec.certificate());
                shape.put("ssl", "on");
            }
            data.configure(spec.settings(), shape);
            var server = new EmbeddedServer(name, binaries, data, base.resolve(name + ".log"), port, superuser);
            servers.add(server);
            server.start();
            return server;
        }
    }
}
