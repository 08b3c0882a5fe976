package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.console.Tokens;
import io.holdfast.proxy.testing.ApiFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ApiCommandsTest {
    private final ApiFixture api = new ApiFixture();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("HOLDFAST_URL", api.url(), "HOLDFAST_TOKEN", "hf_bo"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void holdsAreListed() {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(run("holds")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                 id     | state   | approvals | user | person | database | application | address   | expires in | statement       \s
                --------+---------+-----------+------+--------+----------+-------------+-----------+------------+------------------
                 HOLDID | waiting | 0 of 2    | dev  | dev    | shop     | psql        | 192.0.2.7 | 30m 0s     | TRUNCATE account\s
                (1 row)
                """.replace("HOLDID", id.text()));
    }

    @Test
    void oneIsShownWhole() {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(run("show", id.text())).isZero();
        assertThat(out.toString())
                .contains("hold                | " + id + System.lineSeparator())
                .contains("setting search_path | public" + System.lineSeparator())
                .contains("text                | TRUNCATE account" + System.lineSeparator());
    }

    @Test
    void twoPersonsApprove() {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(run("approve", id.text(), "the owner agrees")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines(id + ": waiting, 1 of 2 approvals\n");
        assertThat(api.holds.service.find(id).orElseThrow().votes().getFirst().reason())
                .isEqualTo("the owner agrees");
        assertThat(run("approve", id.text())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("holdfast approve: you have approved it already; another person must\n");

        environment.put("HOLDFAST_TOKEN", "hf_ann");
        assertThat(run("approve", id.text())).isZero();
        assertThat(api.holds.state(id)).isEqualTo(HoldState.APPROVED);
    }

    @Test
    void oneFreezesAndTwoThaw() {
        assertThat(run("freeze", "--now", "--database", "shop", "the disk is full"))
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("database shop: frozen\n");
        assertThat(api.holds.freezes.now().freezes()).extracting(Freeze::mode).containsExactly(FreezeMode.NOW);
        assertThat(run("frozen")).isZero();
        assertThat(out.toString()).contains("| now ", "| bo ", "the disk is full");
        assertThat(run("freeze", "--wait", "--database", "shop", "room again")).isZero();
        assertThat(out.toString())
                .contains("database shop: frozen as before (now), another person must ask for wait, too");
        assertThat(run("frozen")).isZero();
        assertThat(out.toString()).contains("bo: wait");
        assertThat(run("thaw", "--database", "shop")).isZero();
        assertThat(out.toString()).contains("database shop: frozen, another person must ask for the thaw, too");
        assertThat(run("thaw", "--database", "shop")).isEqualTo(1);

        environment.put("HOLDFAST_TOKEN", "hf_ann");
        assertThat(run("thaw", "--database", "shop")).isZero();
        assertThat(api.holds.freezes.now().of("shop")).isNull();
        assertThat(run("freeze", "--now", "--wait", "both")).isEqualTo(2);
        assertThat(run("freeze")).isEqualTo(2);
    }

    @Test
    void severalAreDecidedAtOnceAndTheExitCodeSaysWhetherAllWere() {
        HoldId first = api.holds.open(Holds.TWO);
        HoldId second = api.holds.open(Holds.TWO);

        assertThat(run("approve", first.text(), second.text(), "both are archived"))
                .isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        first + ": waiting, 1 of 2 approvals\n" + second + ": waiting, 1 of 2 approvals\n");
        assertThat(api.holds
                        .service
                        .find(second)
                        .orElseThrow()
                        .votes()
                        .getFirst()
                        .reason())
                .isEqualTo("both are archived");
        assertThat(run("deny", first + "," + second, "H-2222")).isEqualTo(1);
        assertThat(out.toString()).contains("H-2222: not counted: hold H-2222 does not exist");
        assertThat(api.holds.state(second)).isEqualTo(HoldState.DENIED);
        assertThat(run("approve")).isEqualTo(2);
    }

    @Test
    void onePersonReleasesAlone() {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(run("break-glass", id.text())).isEqualTo(2);
        assertThat(run("break-glass", id.text(), "nobody answers the phone")).isEqualTo(1);
        assertThat(err.toString()).contains("only a person who is configured with break-glass: true");
        environment.put("HOLDFAST_TOKEN", "hf_eve");
        assertThat(run("break-glass", id.text(), "nobody answers the phone")).isZero();
        assertThat(out.toString()).contains(id + ": glass broken, approved; everybody is told");
        assertThat(api.holds.state(id)).isEqualTo(HoldState.APPROVED);
    }

    @Test
    void oneDenies() {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(run("deny", id.text(), "--json")).isZero();
        assertThat(out.toString()).contains("\"state\" : \"denied\"");
        assertThat(api.holds.state(id)).isEqualTo(HoldState.DENIED);
    }

    @Test
    void oneCancelsWhatRunsAndNothingElse() {
        HoldId id = api.holds.open(Holds.TWO);
        assertThat(run("cancel", id.text())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("holdfast cancel: hold " + id + " is not running, but waiting\n");
        api.holds.approve(id, Holds.BO);
        api.holds.approve(id, Holds.ANN);
        api.holds.service.claim(id);

        assertThat(run("cancel", id.text(), "not now")).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(id + ": released, is being cancelled; its outcome tells\n");
        assertThat(api.holds.service.find(id).orElseThrow().supervision().cancellation())
                .isNotNull()
                .extracting("person", "reason", "channel")
                .containsExactly("bo", "not now", Channel.HTTP);
    }

    @Test
    void sessionsCannotMoveTheCursor() {
        assertThat(run("sessions")).isZero();
        assertThat(out.toString()).contains("psql<U+001B>[2K").doesNotContain("\u001b");
    }

    @Test
    void refusalsAreToldInOneLine() {
        assertThat(run("approve", "H-2222")).isEqualTo(1);
        assertThat(run("approve", "../sessions")).isEqualTo(1);
        environment.put("HOLDFAST_TOKEN", "hf_nobody");
        assertThat(run("holds")).isEqualTo(1);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                holdfast approve: hold H-2222 does not exist
                holdfast approve: hold ___sessions does not exist
                holdfast holds: a token of one of the configured people is needed
                """);
    }

    @Test
    void aProxyThatDoesNotAnswerIsSaid() {
        environment.put("HOLDFAST_URL", "http://127.0.0.1:1");

        assertThat(run("holds")).isEqualTo(1);
        assertThat(err.toString()).startsWith("holdfast holds: http://127.0.0.1:1 does not answer: ");
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(run("holds", "--url", "localhost:6433")).isEqualTo(2);
        assertThat(err.toString()).contains("localhost:6433 is no URL (expected: such as http://127.0.0.1:6433)");
        environment.remove("HOLDFAST_TOKEN");
        assertThat(run("holds")).isEqualTo(2);
        assertThat(err.toString()).contains("HOLDFAST_TOKEN is not set");
    }

    @Test
    void tokensAreNewAndTheirHashFits() {
        assertThat(run("token")).isZero();
        assertThat(run("token")).isZero();

        var tokens = out.toString()
                .lines()
                .filter(line -> line.startsWith("for the person:"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        assertThat(tokens).hasSize(2).doesNotHaveDuplicates().allMatch(token -> token.matches("hf_[0-9a-f]{64}"));
        assertThat(out.toString()).contains("token: sha256:" + Tokens.hash(tokens.getFirst()));
    }

    private int run(String... args) {
        return new CommandLine(new HoldfastCommand())
                .addSubcommand(new HoldsCommand(environment))
                .addSubcommand(new ShowCommand(environment))
                .addSubcommand(new DecideCommand.Approve(environment))
                .addSubcommand(new DecideCommand.Deny(environment))
                .addSubcommand(new BreakGlassCommand(environment))
                .addSubcommand(new DecideCommand.Cancel(environment))
                .addSubcommand(new FreezeCommand(environment))
                .addSubcommand(new ThawCommand(environment))
                .addSubcommand(new FrozenCommand(environment))
                .addSubcommand(new SessionsCommand(environment))
                .addSubcommand(new TokenCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
