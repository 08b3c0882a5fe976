package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.Tunnel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./holdfast ci-guard -- COMMAND}, the launcher and the real command, in projects whose files alone say where the database is. */
@Timeout(120)
class CiGuardLauncherTest {
    private static final TestServers SERVERS = TestServers.shared();

    /** A Holdfast before production, as the guard of a job meets it. */
    @AutoClose
    private static final ProxyFixture production = ProxyFixture.builder()
            .servers(SERVERS)
            .environment(Environment.PRODUCTION)
            .start();

    @TempDir
    private Path folder;

    private Path launcher;
    private Path project;

    private record Run(int exitCode, String output) {}

    /** The launcher beside a jar that has nothing but the way to the classes of this build. */
    @BeforeEach
    void layOut() throws IOException {
        Path home = folder.toRealPath().resolve("holdfast home");
        Path jar = home.resolve("proxy/target/holdfast.jar");
        Files.createDirectories(jar.resolveSibling("lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream empty = new JarOutputStream(out, manifest)) {
            empty.finish();
        }
        launcher = Files.copy(Path.of(System.getProperty("holdfast.root"), "holdfast"), home.resolve("holdfast"));
        project = Files.createDirectories(folder.resolve("shop"));
    }

    @Test
    void aRailsProjectWhoseFileLeadsToProductionIsNotTested() throws Exception {
        rails(production.port());

        Run run = guarded(List.of(), "touch", "started");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
        assertThat(run.output())
                .contains("config/database.yml:test  postgres://ana:***@127.0.0.1:" + production.port()
                        + "/shop  REFUSED: Holdfast keeps CI away from it")
                .contains("touch was not started: 2 of 2 databases may not be used by tests")
                .doesNotContain("correct horse");
        assertThat(project.resolve("started")).doesNotExist();
    }

    @Test
    void aRailsProjectWithADatabaseOfThisMachineIsTested() throws Exception {
        rails(SERVERS.primary().port());

        Run run = guarded(List.of(), "sh", "-c", "echo tested; exit 5");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(5);
        assertThat(run.output()).contains("config/database.yml:test").endsWith("tested\n");
    }

    @Test
    void aSpringProjectWhoseTestProfileLeadsToProductionIsNotTested() throws Exception {
        write("src/main/resources/application.yml", """
                spring:
                  datasource:
                    url: jdbc:postgresql://127.0.0.1:%d/shop
                    username: ana
                    password: correct horse
                """.formatted(
                        SERVERS.primary().port()));
        write(
                "src/test/resources/application-test.properties",
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/shop\n".formatted(production.port()));

        Run run = guarded(List.of(), "true");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
        assertThat(run.output())
                .contains("application.yml:spring.datasource.url  ")
                .contains("  local: 127.0.0.1")
                .contains("application-test.properties:spring.datasource.url  ")
                .contains("true was not started: 1 of 2 databases may not be used by tests");
    }

    @Test
    void aFileThatCannotBeReadStartsNothing() throws Exception {
        write("config/database.yml", "test: { host: [\n");

        Run run = guarded(List.of(), "true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.output())
                .contains("config/database.yml  (not shown)  REFUSED: it cannot be read: it is no valid YAML, line 2.");
    }

    @Test
    void aTunnelToADatabaseThatSaysNothingIsRefusedWhereSilenceIs() throws Exception {
        try (Tunnel ssh = Tunnel.at("127.0.0.1", SERVERS.primary().port())) {
            write(".env", """
                    DB_CONNECTION=pgsql
                    DB_HOST=127.0.0.1
                    DB_PORT=%d
                    DB_DATABASE=shop
                    DB_USERNAME=ana
                    DB_PASSWORD="correct horse"
                    """.formatted(ssh.port()));

            assertThat(guarded(List.of(), "true").exitCode()).isZero();
            Run run = guarded(List.of("--silence", "refuse"), "true");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
            assertThat(run.output())
                    .contains(".env:DB_HOST  postgres://ana:***@127.0.0.1:" + ssh.port()
                            + "/shop  REFUSED: it does not say what it is")
                    .contains("ALTER DATABASE shop SET holdfast.environment = 'test'");
        }
    }

    private void rails(int port) throws IOException {
        write("config/database.yml", """
                default: &default
                  adapter: postgresql
                  host: <%%= ENV.fetch("DB_HOST") { "127.0.0.1" } %%>
                  port: %d
                  username: ana
                  password: correct horse

                development:
                  <<: *default
                  database: shop

                test:
                  <<: *default
                  database: shop

                production:
                  <<: *default
                  host: live.example.com
                """.formatted(port));
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Run guarded(List<String> options, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", launcher.toString(), "ci-guard", "--timeout", "10"));
        line.addAll(options);
        line.add("--");
        line.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(project.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.contains("DB") || name.endsWith("_URL"));
        builder.environment().keySet().removeAll(List.of("RAILS_ENV", "RACK_ENV", "HOLDFAST_JAVA_OPTS"));
        builder.environment().put("HOLDFAST_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
