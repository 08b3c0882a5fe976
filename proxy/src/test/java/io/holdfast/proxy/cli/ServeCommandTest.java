package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is said of a configuration before anything starts. */
class ServeCommandTest {
    private static final String CONFIG = """
            upstream: { environment: local, hosts: localhost, account: { user: holdfast } }
            protect:
              rules:
                - { name: drops, when: { command: DROP }, then: refuse }
                - { name: tables, when: { command: DROP TABLE }, then: { delay: 1m } }
            people:
              - { name: cy, approves: true }
              - { name: di, approves: true }
            """;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void problemsAreAllToldAndNothingStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("holdfast.yaml"), CONFIG + "lisen: off\n");

        assertThat(run(file)).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":5:7: protect.rules[1]: 'tables' never decides anything: 'drops' at protect.rules[0]"
                                + " always does before (expected: the narrower rule first, or only one of them)",
                        file
                                + ":9:1: lisen: unknown key, did you mean listen? (expected: one of listen, proxy-protocol,"
                                + " tls, upstream, protect, people, audit, control-store, admin, limits, peer-id, peers,"
                                + " notify, mode, local-networks, ci)");
    }

    @Test
    void warningsAreToldAndAreNoProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("holdfast.yaml"), CONFIG.replace("DROP TABLE", "TRUNCATE"));

        assertThat(run(file, "--check")).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: " + file + ":3:3: protect.approvals: needs 2 approvals, which cy or di can never"
                                + " get: only 1 other person may approve (expected: at least 3 people with approves: true, or fewer"
                                + " approvals)");
    }

    private int run(Path file, String... more) {
        CommandLine line = new CommandLine(new ServeCommand(_ -> {
            throw new AssertionError("nothing may start");
        }));
        String[] arguments = more.length == 0
                ? new String[] {"--config", file.toString()}
                : new String[] {"--config", file.toString(), more[0]};
        return line.setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
