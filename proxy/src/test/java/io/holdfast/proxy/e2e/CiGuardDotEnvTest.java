package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard in front of a command of which nobody knows whether it loads {@code .env}. */
@Timeout(120)
class CiGuardDotEnvTest {
    private static final TestServers SERVERS = TestServers.shared();
    private static final int PORT = SERVERS.primary().port();
    private static final String LOCAL = "DATABASE_URL=postgres://ana:correct%20horse@127.0.0.1:" + PORT + "/shop\n";
    private static final String LIVE = "192.0.2.7";

    @TempDir
    private Path folder;

    private final Map<String, String> environment =
            new TreeMap<>(Map.of("RAILS_ENV", "test", "USER", "os", "HOME", "/nonexistent"));
    private final List<String> options = new ArrayList<>(List.of("--timeout", "10"));

    @Test
    void aRailsProjectWithAProductionHostIsRefusedWhateverDotEnvSays() throws Exception {
        rails("host: " + LIVE);
        write(".env", LOCAL);

        GuardRun run = guard("touch", folder.resolve("started").toString());

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.said()).isEqualTo("""
                        holdfast ci-guard: .env:DATABASE_URL  postgres://ana:***@127.0.0.1:%d/shop  local: 127.0.0.1
                        holdfast ci-guard: config/database.yml:test[without .env]  postgres://os@192.0.2.7:5432/shop  REFUSED: \
                        192.0.2.7:5432 is not on this machine. Point it at a database on this machine. \
                        Whether the command loads .env cannot be seen from here; if it does, load it before the guard, too.
                        holdfast ci-guard: touch was not started: 1 of 2 databases may not be used by tests
                        """.formatted(PORT));
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void whoLoadsDotEnvBeforeTheGuardIsJudgedByIt() throws Exception {
        rails("host: " + LIVE);
        write(".env", LOCAL);
        environment.put("DATABASE_URL", LOCAL.strip().substring("DATABASE_URL=".length()));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said().lines()).hasSize(1);
    }

    @Test
    void aRailsProjectWithAHostOfThisMachineIsLetThrough() throws Exception {
        rails("host: 127.0.0.1, port: %d, username: ana, password: correct horse".formatted(PORT));
        write(".env", "DATABASE_URL=postgres://ana:correct%20horse@localhost:" + PORT + "/shop\n");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said())
                .contains(".env:DATABASE_URL  ")
                .contains("config/database.yml:test[without .env]  ")
                .doesNotContain("REFUSED");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0", "192.0.2.7, 3"})
    void aProjectWhoseOnlyAddressIsInDotEnvIsJudgedByIt(String host, int exitCode) throws Exception {
        write("config/database.yml", "test: { url: <%= ENV['DATABASE_URL'] %> }\n");
        write(".env", LOCAL.replace("127.0.0.1", host));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(exitCode);
        assertThat(run.said()).doesNotContain("not looked at", "without .env");
    }

    @Test
    void aSpringProjectWhoseDefaultProfileLeadsToProductionIsRefusedWhateverProfileDotEnvChooses() throws Exception {
        String resources = "src/main/resources/";
        write(resources + "application.yml", "spring.profiles.active: ${PROFILE:prod}\n");
        write(resources + "application-prod.yml", "spring.datasource.url: jdbc:postgresql://192.0.2.7/shop\n");
        write(resources + "application-local.yml", """
                spring.datasource: { url: 'jdbc:postgresql://127.0.0.1:%d/shop', username: ana, password: correct horse }
                """.formatted(PORT));
        write(".env", "PROFILE=local\n");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.said())
                .contains("application-local.yml:spring.datasource.url[with .env]  ", "  local: 127.0.0.1")
                .contains("application-prod.yml:spring.datasource.url[without .env]  ")
                .contains("true was not started: 1 of 2 databases");
    }

    @Test
    void aLoginThatIsOnlyInDotEnvServesToAsk() throws Exception {
        rails("host: 127.0.0.1, port: %d, username: ana, password: <%%= ENV['SECRET'] %%>".formatted(PORT));
        write(".env", "SECRET=correct horse\n");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said().lines())
                .singleElement()
                .asString()
                .contains("config/database.yml:test  postgres://ana:***@127.0.0.1", "  local: 127.0.0.1");
    }

    @Test
    void aStaleLoginInDotEnvDoesNotHideTheOneThatGetsIn() throws Exception {
        rails("host: 127.0.0.1, port: %d, username: ana, password: <%%= ENV['SECRET'] || 'correct horse' %%>"
                .formatted(PORT));
        write(".env", "SECRET=stale\n");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
    }

    @Test
    void aDefaultAtWhichNobodyListensStopsNobodyWhoseDatabaseIsInDotEnv() throws Exception {
        int nobody = ListeningProgram.freePort();
        rails("host: 127.0.0.1, port: " + nobody);
        write(".env", LOCAL);

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said())
                .contains(
                        "config/database.yml:test[without .env]  not looked at: nobody listens at 127.0.0.1:" + nobody);

        Files.delete(folder.resolve(".env"));
        assertThat(guard("true").exitCode())
                .as("then it is no default but what holds")
                .isEqualTo(3);
    }

    @Test
    void aDefaultThatLetsNobodyInStopsNobodyAndOneWhosePasswordIsNotKnownDoes() throws Exception {
        try (Tunnel other = Tunnel.at("127.0.0.1", PORT)) {
            write(".env", LOCAL);
            rails("host: 127.0.0.1, port: %d, username: ana".formatted(other.port()));
            GuardRun none = guard("true");
            rails("host: 127.0.0.1, port: %d, username: ana, password: wrong".formatted(other.port()));
            GuardRun wrong = guard("true");
            rails("host: 127.0.0.1, port: %d, username: ana, password: <%%= Secrets.password %%>"
                    .formatted(other.port()));
            GuardRun unknown = guard("true");

            for (GuardRun run : List.of(none, wrong)) {
                assertThat(run.exitCode()).as(run.said()).isZero();
                assertThat(run.said())
                        .contains("test[without .env]  not looked at: nobody gets in at 127.0.0.1:" + other.port()
                                + " with that login");
            }
            assertThat(unknown.exitCode()).as(unknown.said()).isEqualTo(3);
            assertThat(other.used()).isPositive();
        }
    }

    @Test
    void whatHoldsWithoutDotEnvIsAllowedOrLeftOutByItsOwnName() throws Exception {
        rails("host: " + LIVE);
        write(".env", LOCAL);
        options.addAll(
                List.of("--reason", "x", "--audit-file", folder.resolve("audit").toString(), "--allow"));

        options.add("config/database.yml:test[without .env]");
        assertThat(guard("true").exitCode()).isZero();
        options.set(options.size() - 1, ".env:DATABASE_URL");
        assertThat(guard("true").exitCode()).isEqualTo(3);

        options.subList(2, options.size()).clear();
        options.add("--no-project-files");
        assertThat(guard("true").exitCode()).isZero();
        options.set(2, "--no-env-files");
        assertThat(guard("true").said()).contains("config/database.yml:test  ").contains("1 of 1 databases");
    }

    @Test
    void anOptionalOneIsNamedAsWhereThereIsNoDotEnv() throws Exception {
        int nobody = ListeningProgram.freePort();
        rails("host: 127.0.0.1, port: <%= ENV.fetch('PORT_OF_DB', 5432) %>");
        write(".env", "PORT_OF_DB=" + nobody + '\n');
        options.addAll(List.of("--optional", "config/database.yml:test"));

        GuardRun run = guard("true");

        assertThat(run.said())
                .contains("config/database.yml:test[with .env]  postgres://os@127.0.0.1:" + nobody
                        + "/shop  local: nobody listens there, and it is optional");
    }

    private void rails(String fields) throws IOException {
        write("config/database.yml", "test: { adapter: postgresql, database: shop, " + fields + " }\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private GuardRun guard(String... command) {
        return GuardRun.of(environment, folder, options, command);
    }
}
