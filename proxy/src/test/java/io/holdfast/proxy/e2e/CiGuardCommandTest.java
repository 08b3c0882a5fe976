package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guard in front of a command, with databases that are local, and that cannot be asked. */
@Timeout(120)
class CiGuardCommandTest {
    private static final TestServers SERVERS = TestServers.shared();

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> options = new ArrayList<>(List.of("--no-env-files", "--timeout", "10"));

    @Test
    void aLocalDatabasePassesAndTheCommandsExitCodeIsPassedOn() {
        environment.put("DATABASE_URL", url("127.0.0.1", SERVERS.primary().port(), "shop"));

        GuardRun run = guard("sh", "-c", "exit 7");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.said())
                .isEqualTo("holdfast ci-guard: DATABASE_URL  postgres://ana:***@127.0.0.1:%d/shop  local: 127.0.0.1\n"
                        .formatted(SERVERS.primary().port()));
    }

    @Test
    void aCommandThatASignalEndsHasTheExitCodeOfShells() {
        assertThat(guard("sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(143);
    }

    @Test
    void withoutAnyDatabaseTheCommandStarts() {
        GuardRun run = guard("true");

        assertThat(run.exitCode()).isZero();
        assertThat(run.said())
                .isEqualTo("holdfast ci-guard: no database found in the environment, the arguments and files\n");
    }

    @Test
    void aCommandThatIsNotThereIsSaidToBe() {
        assertThat(guard("no-such-command").exitCode()).isEqualTo(127);
    }

    @Test
    void aDatabaseThatIsNotMadeYetPassesIfItsServerIsLocal() {
        environment.put("DATABASE_URL", url("localhost", SERVERS.primary().port(), "reproduction_latest_test"));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said()).contains("no such database yet");
    }

    @Test
    void ipv6LoopbackAndUnixSocketsAreLocal() throws Exception {
        int port = SERVERS.primary().port();
        try (Tunnel six = Tunnel.at("::1", port);
                Tunnel unix = Tunnel.at(folder.resolve(".s.PGSQL.5432"), port)) {
            environment.put("A_URL", url("[::1]", six.port(), "shop"));
            environment.put("B_URL", "postgres:///shop?host=" + folder + "&user=ana&password=correct%20horse");
            environment.put("PGHOST", folder.toString());
            environment.put("PGUSER", "ana");
            environment.put("PGDATABASE", "shop");
            environment.put("PGPASSWORD", TestServers.PASSWORD);

            GuardRun run = guard("true");

            assertThat(run.exitCode()).as(run.said()).isZero();
            assertThat(run.said().lines())
                    .hasSize(3)
                    .anySatisfy(line -> assertThat(line).contains("A_URL", "local: ::1"))
                    .anySatisfy(line -> assertThat(line).contains("B_URL", "local: a Unix socket"))
                    .anySatisfy(line -> assertThat(line).contains("PGHOST", "local: a Unix socket"));
            assertThat(unix.used()).as("asked all the same").isPositive();
        }
    }

    @Test
    void aSilentDatabaseBehindHoldfastIsWhatTheProxySays() {
        try (ProxyFixture production = ProxyFixture.builder()
                        .servers(SERVERS)
                        .environment(Environment.PRODUCTION)
                        .start();
                ProxyFixture local = ProxyFixture.builder()
                        .servers(SERVERS)
                        .environment(Environment.LOCAL)
                        .start()) {
            environment.put("DATABASE_URL", url("127.0.0.1", production.port(), "shop"));
            GuardRun refused = guard("touch", folder.resolve("started").toString());
            environment.put("DATABASE_URL", url("127.0.0.1", local.port(), "shop"));
            GuardRun passed = guard("true");

            assertThat(refused.exitCode()).as(refused.said()).isEqualTo(3);
            assertThat(refused.said())
                    .contains("REFUSED: Holdfast keeps CI away from it")
                    .contains("database \"shop\" is production");
            assertThat(folder.resolve("started")).doesNotExist();
            assertThat(passed.exitCode()).as(passed.said()).isZero();
        }
    }

    @Test
    void aDatabaseElsewhereIsRefusedBeforeItIsSpokenTo() {
        environment.put("DATABASE_URL", "postgres://ana:geheim@192.0.2.7/shop");
        environment.put(
                "REPORTS_DATABASE_URL", url("127.0.0.1", SERVERS.primary().port(), "shop"));

        GuardRun run = guard("touch", folder.resolve("started").toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said())
                .contains(
                        "DATABASE_URL  postgres://ana:***@192.0.2.7:5432/shop  REFUSED: 192.0.2.7:5432 is not on this machine")
                .contains("touch was not started: 1 of 2 databases may not be used by tests")
                .doesNotContain("geheim");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void oneOfSeveralHostsElsewhereSuffices() {
        environment.put(
                "DATABASE_URL",
                "postgres://ana:x@127.0.0.1:%d,192.0.2.7/shop"
                        .formatted(SERVERS.primary().port()));

        assertThat(guard("true").exitCode()).isEqualTo(3);
    }

    @Test
    void aListedNetworkIsLocalAndItsDatabaseMustStillAnswer() {
        environment.put("DATABASE_URL", "postgres://ana:x@192.0.2.7/shop?connectTimeout=1");
        options.set(2, "1");
        options.addAll(List.of("--local-network", "192.0.2.0/24"));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said()).contains("nobody answers at 192.0.2.7:5432");
    }

    @Test
    void aDatabaseThatIsNotUpIsRefusedAndWaitingIsSuggested() throws Exception {
        environment.put("DATABASE_URL", url("127.0.0.1", ListeningProgram.freePort(), "shop"));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said()).contains("nobody answers at 127.0.0.1:").contains("--wait 30");
    }

    @Test
    void anOptionalDatabasePassesWhileNobodyListensThereAndIsJudgedAsSoonAsSomebodyDoes() throws Exception {
        int port = ListeningProgram.freePort();
        environment.put("DATABASE_URL", url("127.0.0.1", port, "shop"));
        environment.put("OTHER_URL", "postgres:///shop?host=" + folder);
        options.addAll(List.of("--optional", "DATABASE_URL", "--optional", "OTHER_URL"));
        GuardRun absent = guard("true");

        environment.put("DATABASE_URL", url("127.0.0.1", SERVERS.primary().port(), "shop"));
        options.addAll(List.of("--environment-query", "SELECT 'production'"));
        GuardRun there = guard("true");

        assertThat(absent.exitCode()).as(absent.said()).isZero();
        assertThat(absent.said())
                .contains("DATABASE_URL  postgres://ana:***@127.0.0.1:" + port + "/shop  local: nobody listens there");
        assertThat(there.exitCode()).isEqualTo(3);
    }

    @Test
    void anotherProductsDatabaseIsNamedAndDoesNotCount() {
        environment.put("DATABASE_URL", "mysql://root:geheim@live.example.com/shop");
        environment.put("DB_HOST", "live.example.com");
        environment.put("DB_PORT", "3306");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isZero();
        assertThat(run.said())
                .contains("DATABASE_URL  not looked at: it is for mysql, not for PostgreSQL")
                .contains("DB_HOST  not looked at: it is not for PostgreSQL: port 3306")
                .doesNotContain("geheim");
    }

    @Test
    void aHostInPartsIsAskedLikeAnAddress() {
        environment.putAll(Map.of(
                "DB_HOST", "localhost",
                "DB_PORT", Integer.toString(SERVERS.primary().port()),
                "DB_NAME", "shop",
                "DB_USER", "ana",
                "DB_PASSWORD", TestServers.PASSWORD));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said())
                .contains("DB_HOST  postgres://ana:***@localhost:")
                .contains("local: localhost is ");
    }

    @Test
    void aDatabaseThatComesUpWhileItWaitsPasses() throws Exception {
        Path socket = folder.resolve(".s.PGSQL.5432");
        environment.put("DATABASE_URL", "postgres:///shop?host=" + folder + "&user=ana&password=correct%20horse");
        options.addAll(List.of("--wait", "60"));

        var run = Background.run(() -> guard("true"));
        try (Tunnel tunnel = Tunnel.at(socket, SERVERS.primary().port())) {
            assertThat(run.result().exitCode()).isZero();
            assertThat(tunnel.used()).isPositive();
        }
    }

    @Test
    void aWrongPasswordAndANameThatIsNobodysAreRefused() {
        environment.put(
                "A_URL",
                "postgres://ana:wrong@127.0.0.1:%d/shop"
                        .formatted(SERVERS.primary().port()));
        environment.put("B_URL", "postgres://ana:x@no-such-host.invalid/shop");

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said())
                .contains("password authentication failed for user \"ana\"")
                .contains("its name cannot be resolved");
    }

    @Test
    void aQueryOfOnesOwnTellsWhatADatabaseIs() {
        environment.put("DATABASE_URL", url("127.0.0.1", SERVERS.primary().port(), "shop"));
        options.addAll(List.of("--environment-query", "SELECT 'production'"));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said()).contains("it is production: the environment-query in database");
    }

    @Test
    void whatIsAllowedGoesOnRecordAndNothingElsePasses() throws Exception {
        Path audit = folder.resolve("state/guard.jsonl");
        environment.put("DATABASE_URL", "postgres://ana:geheim@192.0.2.7/shop");
        environment.put("USER", "ana");
        options.addAll(List.of(
                "--allow", "DATABASE_URL", "--reason", "the nightly contract test", "--audit-file", audit.toString()));

        GuardRun run = guard("sh", "-c", "exit 5", "geheim");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.said()).contains("DATABASE_URL is allowed by --allow; on record in " + audit);
        assertThat(Files.readString(audit))
                .contains("\"kind\":\"ci_allowed\"")
                .contains("ana let ci-guard start sh in /")
                .contains("Reason: the nightly contract test")
                .doesNotContain("geheim");

        environment.put("OTHER_URL", "postgres://ana:geheim@192.0.2.8/shop");
        assertThat(guard("true").exitCode()).isEqualTo(3);
    }

    @Test
    void withoutARecordNothingIsAllowed() throws Exception {
        environment.put("DATABASE_URL", "postgres://ana:geheim@192.0.2.7/shop");
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        options.addAll(List.of(
                "--allow",
                "DATABASE_URL",
                "--reason",
                "x",
                "--audit-file",
                file.resolve("audit").toString()));

        GuardRun run = guard("true");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.said()).contains("what is allowed must be on record");
    }

    @Test
    void wrongUseIsSaidToBe() {
        options.addAll(List.of("--allow", "DATABASE_URL"));
        assertThat(guard("true").exitCode()).isEqualTo(2);

        options.addAll(List.of("--reason", "x"));
        assertThat(guard("true").said()).contains("--allow: DATABASE_URL (expected: a name shown above)");

        options.addAll(List.of("--silence", "golden"));
        assertThat(guard("true").said()).contains("--silence: golden (expected: trust or refuse)");
    }

    private static String url(String host, int port, String database) {
        return "postgres://ana:correct%20horse@" + host + ':' + port + '/' + database;
    }

    private GuardRun guard(String... command) {
        return GuardRun.of(environment, folder, options, command);
    }
}
