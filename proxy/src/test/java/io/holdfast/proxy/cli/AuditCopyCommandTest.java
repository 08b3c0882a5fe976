package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.audit.AuditCopier;
import io.holdfast.proxy.audit.AuditEntry;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditEntry.Unit;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.store.AuditCopies;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCopyCommandTest {
    private static final Instant NINE = Instant.parse("2026-03-13T09:00:00Z");

    private static ControlStoreConfig.Shared store;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private String proxy = "";

    @BeforeAll
    static void create() throws SQLException, IOException {
        store = ControlDatabase.createOn(TestServers.shared().primary());
    }

    @BeforeEach
    void name(TestInfo test) throws IOException {
        proxy = test.getTestMethod().orElseThrow().getName();
        proxy = proxy.substring(0, Math.min(63, proxy.length()));
        configure("control-store: { url: \"postgresql://%s/%s\", user: %s, password: \"%s\" }\naudit: { copy-as: %s }\n"
                .formatted(store.address(), store.database(), store.user(), store.password(), proxy));
    }

    @Test
    void whatWasCopiedIsTheSame() throws Exception {
        live(proxy, "DELETE FROM a", "DELETE FROM b");

        assertThat(run("verify", "--copy")).as(err::toString).isZero();
        assertThat(out.toString())
                .matches("intact: 3 entries\\Rnote: 3:[0-9a-f]{64}\\R"
                        + "copy of whatWasCopiedIsTheSame: the same, entries 1 to 3\\R");
    }

    @Test
    void whatIsNotCopiedYetIsSaid() throws Exception {
        live(proxy, "DELETE FROM a");
        write(log -> {}, "DELETE FROM b");

        assertThat(run("verify", "--copy")).as(err::toString).isZero();
        assertThat(out.toString()).contains("the same, entries 1 to 2; 2 not copied yet");
    }

    @Test
    void whatWasRewrittenWithAllItsHashesIsFoundAndShown() throws Exception {
        live(proxy, "TRUNCATE orders", "DELETE FROM b");
        Files.delete(file());
        write(log -> {}, "SELECT 1", "DELETE FROM b");

        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--copy")).as(err::toString).isEqualTo(1);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                differs from the copy of %s at entry 2: the log has another one there
                the copy has: 2  2026-03-13T09:00:00Z  held                app in shop from 192.0.2.7 with rspec, S-1: TRUNCATE orders
                """.formatted(proxy));
    }

    @Test
    void aLineThatWasTakenOutIsShown() throws Exception {
        live(proxy, "DELETE FROM a", "TRUNCATE orders", "DELETE FROM b");
        List<String> lines = Files.readAllLines(file());
        lines.remove(2);
        Files.write(file(), lines);

        assertThat(run("verify", "--copy")).as(err::toString).isEqualTo(1);
        assertThat(err.toString())
                .contains("broken at entry 3: the line has number 4 (expected: 3)")
                .contains("at entry 3: it is missing in the log")
                .contains("the copy has: 3  2026-03-13T09:00:00Z  held")
                .contains("TRUNCATE orders");
    }

    @Test
    void aTailThatWasCutOffIsFoundAlsoOnceTheLogHasGoneOn() throws Exception {
        live(proxy, "DELETE FROM a", "TRUNCATE orders");
        Files.write(file(), Files.readAllLines(file()).subList(0, 2));

        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--copy")).as(err::toString).isEqualTo(1);
        assertThat(err.toString())
                .contains("at entry 3: the log ends before it, and the copy goes on to entry 3")
                .contains("TRUNCATE orders");

        live(proxy, "DELETE FROM b");
        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--copy")).as(err::toString).isEqualTo(1);
        assertThat(out.toString()).contains("copy of " + proxy + ", chain 2: the same, entries 3 to 4");
        assertThat(err.toString())
                .contains("differs from the copy of " + proxy + " at entry 3: the log has another one there")
                .contains("TRUNCATE orders")
                .contains("the copy has 2 chains of " + proxy)
                .contains("give the newest: --chain 2");
        assertThat(run("verify", "--copy", "--chain", "2")).isZero();
    }

    @Test
    void whereOlderPartsWereMovedAwayTheCopyVouchesForThem() throws Exception {
        live(proxy, "DELETE FROM a");
        Files.move(file(), folder.resolve("holdfast-audit.jsonl.000000000002"));
        live(proxy, "DELETE FROM b");
        Files.delete(folder.resolve("holdfast-audit.jsonl.000000000002"));

        assertThat(run("verify")).isEqualTo(1);
        assertThat(run("verify", "--copy")).as(err::toString).isZero();
        assertThat(out.toString()).contains("the same, entries 3 to 4; 2 older ones only there");
    }

    @Test
    void aProxyOfWhichThereIsNothingIsNoSuccess() throws Exception {
        write(log -> {}, "DELETE FROM a");

        assertThat(run("verify", "--copy")).as(err::toString).isEqualTo(1);
        assertThat(err.toString()).contains("the copy has no entry of " + proxy);
    }

    @Test
    void oneSearchFindsWhatWasDoneAtAnyProxy() throws Exception {
        live(proxy, "DELETE FROM lost_and_found", "DELETE FROM b");
        Files.delete(file());
        live("proxy2", "TRUNCATE lost_and_found", "INSERT INTO c VALUES ('\u00e9')");

        assertThat(run("search", "--copy", "lost_and_found")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                oneSearchFindsWhatWasDoneAtAnyProxy      2  2026-03-13T09:00:00Z  held                app in shop from 192.0.2.7 with rspec, S-1: DELETE FROM lost_and_found
                proxy2            2  2026-03-13T09:00:00Z  held                app in shop from 192.0.2.7 with rspec, S-1: TRUNCATE lost_and_found
                """);
        assertThat(run("search", "--copy", "--proxy", "proxy2", "--json", "lost_and_found"))
                .isZero();
        assertThat(out.toString()).matches("\\{\"proxy\":\"proxy2\",\"chain\":1,\"entry\":\\{\"seq\":2,.*}}\\R");
        assertThat(run("search", "--copy", "--proxy", "proxy3")).isEqualTo(1);
    }

    @Test
    void whatIsNeededIsSaid() throws Exception {
        assertThat(execute("audit", "search", "--copy")).isEqualTo(2);
        assertThat(err.toString()).contains("--copy needs --config, which says where the copy is");
        assertThat(run("search", "--proxy", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("--proxy needs --copy");
        assertThat(run("verify", "--chain", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--chain needs --copy");
        configure("");
        assertThat(run("search", "--copy")).isEqualTo(2);
        assertThat(err.toString()).contains("the configuration has no control-store with url");
        configure("control-store: { url: \"postgresql://127.0.0.1:1/c\", user: h }\n");
        assertThat(run("verify", "--copy")).isEqualTo(2);
        assertThat(err.toString()).contains("the configuration has no audit.copy-as");
        assertThat(run("search", "--copy")).isEqualTo(2);
        assertThat(err.toString()).contains("holdfast audit: cannot be read: the control store: ");
    }

    private void configure(String more) throws IOException {
        Files.writeString(folder.resolve("holdfast.yaml"), """
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                protect: { preset: observe }
                """ + more);
    }

    private interface Meanwhile {
        void with(AuditLog log);
    }

    /** What a proxy of this name writes from its start to its end, with the copy of it. */
    private void live(String name, String... texts) throws Exception {
        try (AuditCopier copier =
                new AuditCopier(name, file(), AuditCopies.forCopying(store), () -> {}, System::nanoTime)) {
            write(log -> copier.follow(log::durable), texts);
            await().until(() -> copier.status().pending() == 0);
        }
    }

    private void write(Meanwhile meanwhile, String... texts) throws IOException {
        Client terminal = new Client("S-1", "app", null, "192.0.2.7", "rspec", "shop");
        try (AuditLog log = AuditLog.open(file(), Long.MAX_VALUE, InstantSource.fixed(NINE))) {
            meanwhile.with(log);
            for (String text : texts) {
                Unit unit = new Unit(text, List.of(), StatementClass.DESTRUCTIVE);
                assertThat(log.offer(AuditEntry.of(NINE, Kind.HELD, terminal, unit)))
                        .isTrue();
            }
        }
    }

    private int run(String verb, String... args) {
        return execute(Stream.concat(
                        Stream.of(
                                "audit",
                                verb,
                                "--config",
                                folder.resolve("holdfast.yaml").toString()),
                        Stream.of(args))
                .toArray(String[]::new));
    }

    private int execute(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new HoldfastCommand())
                .addSubcommand(new AuditCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private Path file() {
        return folder.resolve("holdfast-audit.jsonl");
    }
}
