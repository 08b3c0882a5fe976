package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.AuditEntry;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditEntry.Unit;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.statement.StatementClass;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
    private static final Instant NINE = Instant.parse("2026-03-13T09:00:00Z");
    private static final HoldId HOLD = new HoldId("H-7K2M");
    private static final Client TERMINAL = new Client("S-1", "app", null, "192.0.2.7", "rspec", "shop");
    private static final Client ANA = new Client("S-2", "ana_dba", "ana", "192.0.2.8", "psql", "shop");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheStory() throws IOException {
        Unit truncate = new Unit("TRUNCATE\n  orders CASCADE", List.of(), StatementClass.DESTRUCTIVE);
        Unit insert =
                new Unit("INSERT INTO orders VALUES ($1, $2)", Arrays.asList("\u001b[2J", null), StatementClass.WRITE);
        List<Vote> votes = List.of(new Vote("cy", true, "archived", NINE.plusSeconds(60), Channel.CONSOLE));
        write(
                AuditEntry.of(NINE, Kind.FORWARDED, ANA, insert).withRule("guardrail"),
                AuditEntry.of(NINE.plusSeconds(1), Kind.HELD, TERMINAL, truncate)
                        .withRule("guardrail")
                        .withHold(HOLD, List.of()),
                AuditEntry.of(NINE.plusSeconds(60), Kind.VOTE, TERMINAL, null).withHold(HOLD, votes),
                AuditEntry.of(NINE.plusSeconds(61), Kind.OUTCOME, TERMINAL, null)
                        .withHold(HOLD, votes)
                        .withOutcome(new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(14))));
    }

    @Test
    void wordsFindTheTerminal() {
        assertThat(run("search", "truncate orders", "RSPEC")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                     3  2026-03-13T09:00:01Z  held        H-7K2M  app in shop from 192.0.2.7 with rspec, S-1: TRUNCATE orders CASCADE [guardrail]
                """);
    }

    @Test
    void aHoldTellsItsStory() {
        assertThat(run("search", "--hold", "h-7k2m")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                     3  2026-03-13T09:00:01Z  held        H-7K2M  app in shop from 192.0.2.7 with rspec, S-1: TRUNCATE orders CASCADE [guardrail]
                     4  2026-03-13T09:01:00Z  vote        H-7K2M  cy: approve, 'archived' (console)
                     5  2026-03-13T09:01:01Z  outcome     H-7K2M  TRUNCATE TABLE after 14.0 ms
                """);
    }

    @Test
    void whatWasSentCannotMoveTheCursor() {
        assertThat(run("search", "--person", "ana")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                     2  2026-03-13T09:00:00Z  forwarded           ana_dba (ana) in shop from 192.0.2.8 with psql, S-2: INSERT INTO orders VALUES ($1, $2); with $1=<U+001B>[2J, $2=NULL [guardrail]
                """);
    }

    @Test
    void timesAreFromAndUpTo() {
        assertThat(run("search", "--since", "2026-03-13T09:00:01Z", "--until", "2026-03-13T09:01:00Z", "--json"))
                .isZero();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("{\"seq\":3,");
        assertThat(run("search", "--since", "2026-03-14", "--until", "2026-03-15"))
                .isEqualTo(1);
    }

    @Test
    void nothingFoundIsOne() {
        assertThat(run("search", "--user", "nobody")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTimeThatIsNoneIsSaid() {
        assertThat(run("search", "--since", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("'yesterday' (expected: 90m, 2h, 1d, 2026-03-13 or 2026-03-13T09:00:00Z)");
    }

    @Test
    void aLogThatIsNotThereIsSaid() {
        assertThat(execute("audit", "search", "--file", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("holdfast audit: cannot be read: ");
    }

    @Test
    void verifyEndsWithANoteThatFindsWhatIsMissingLater() throws IOException {
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).matches("intact: 5 entries\\Rnote: 5:[0-9a-f]{64}\\R");
        String note = out.toString().lines().toList().get(1).substring("note: ".length());
        assertThat(run("verify", "--note", note)).isZero();

        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(0, 4));
        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--note", note)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("broken at entry 5: the line is missing, and 5 was noted\n");
    }

    @Test
    void verifyFindsAChangedLine() throws IOException {
        Files.writeString(file(), Files.readString(file()).replace("rspec", "psql "));

        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).startsWith("broken at entry 4: the line does not follow");
    }

    @Test
    void tailPrintsTheLatest() {
        assertThat(run("tail", "-n", "1")).isZero();
        assertThat(out.toString()).startsWith("     5  ").hasLineCount(1);
    }

    @Test
    void theFileIsThatOfTheConfiguration() throws IOException {
        Path config = folder.resolve("holdfast.yaml");
        Files.writeString(config, """
                upstream: { environment: production, hosts: localhost, account: { user: holdfast } }
                protect: { preset: observe }
                audit: { file: audit.jsonl }
                """);
        assertThat(execute("audit", "verify", "--config", config.toString()))
                .as(err::toString)
                .isZero();
        Files.writeString(config, "upstream: {}");
        assertThat(execute("audit", "verify", "--config", config.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("upstream.hosts");
    }

    private void write(AuditEntry... entries) throws IOException {
        try (AuditLog log = AuditLog.open(file(), Long.MAX_VALUE, InstantSource.fixed(NINE))) {
            for (AuditEntry entry : entries) {
                assertThat(log.offer(entry)).isTrue();
            }
        }
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return execute(Stream.concat(
                        Stream.of("audit", args[0], "--file", file().toString()),
                        Arrays.stream(args).skip(1))
                .toArray(String[]::new));
    }

    private int execute(String... args) {
        return new CommandLine(new HoldfastCommand())
                .addSubcommand(new AuditCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private Path file() {
        return folder.resolve("audit.jsonl");
    }
}
