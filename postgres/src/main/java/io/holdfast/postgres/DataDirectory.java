package io.holdfast.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of one server that is not running. */
record DataDirectory(Path path, RunAs runAs) {
    private static final String OURS = "holdfast.conf";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    boolean exists() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /** Makes a new database cluster: UTF8, and an order and case mapping that no library of the machine can change. */
    void initialize(PostgresBinaries binaries, String superuser, String password) throws IOException {
        Path passwordFile = path.resolveSibling("superuser.password");
        write(passwordFile, password);
        try {
            var command = new ArrayList<>(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + path,
                    "--username=" + superuser,
                    "--pwfile=" + passwordFile,
                    "--auth-local=scram-sha-256",
                    "--auth-host=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions"));
            if (binaries.majorVersion() >= 17) {
                command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            }
            Programs.Result result =
                    Programs.run(runAs.command(command), path.resolve("..").normalize());
            if (result.exitCode() != 0) {
                throw new PostgresException("initdb of " + path + " failed: " + Problems.explain(result.output(), 0));
            }
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(path.resolve("postgresql.conf"), "\ninclude '" + OURS + "'\n", StandardOpenOption.APPEND);
    }

    /** Replaces the settings. */
    void configure(Map<String, String> wanted, Map<String, String> shape) throws IOException {
        write(path.resolve(OURS), ServerSettings.lines(wanted, shape));
    }

    /** The next start follows another server instead of writing itself. */
    void markStandby() throws IOException {
        write(path.resolve("standby.signal"), "");
    }

    /** Puts the certificate where PostgreSQL looks for it by default. */
    void install(ServerCertificate certificate) throws IOException {
        write(path.resolve("server.crt"), Files.readString(certificate.certificate()));
        write(path.resolve("server.key"), Files.readString(certificate.key()));
    }

    /** Writes a file that only the servers' user may read, before its first byte is there. */
    private void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(EnumSet.copyOf(PRIVATE)));
        runAs.own(file);
        Files.writeString(file, content);
    }
}
