package io.holdfast.proxy.bypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.testing.Answer;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code bypass.txt} does what it says there, on real servers. */
@Timeout(60)
class BypassTest {
    private static final boolean SERVER_HAS_MERGE = Integer.getInteger(TestServers.VERSION, 18) >= 15;

    @AutoClose
    private static final ProxyFixture guardrail = ProxyFixture.builder().start();

    @AutoClose
    private static final ProxyFixture strict =
            ProxyFixture.builder().preset(Preset.STRICT).start();

    @AutoClose
    private static final ProxyFixture rows = ProxyFixture.builder()
            .rules(new RuleConfig("many rows", When.ANYTHING.over(2L), new Action.Hold(2, Duration.ofMinutes(1))))
            .start();

    private static Victims victims;
    private static ConsoleClient console;
    private static ConsoleClient strictConsole;
    private static ConsoleClient rowsConsole;

    @BeforeAll
    static void setUp() throws SQLException {
        victims = Victims.create(guardrail.servers());
        console = guardrail.console("cy");
        strictConsole = strict.console("cy");
        rowsConsole = rows.console("cy");
        guardrail
                .servers()
                .administer(
                        "GRANT USAGE ON SCHEMA bypass TO holdfast",
                        "GRANT SELECT ON bypass.victim, bypass.parent, bypass.other TO holdfast");
    }

    @AfterAll
    static void tidyUp() throws SQLException {
        console.close();
        strictConsole.close();
        rowsConsole.close();
        victims.close();
    }

    @BeforeEach
    void restore() throws SQLException {
        victims.restore();
    }

    static List<Attempt> attempts() {
        return Attempt.all();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void itIsAsTheListSays(Attempt attempt) throws Exception {
        assumeTrue(SERVER_HAS_MERGE || !attempt.messages().getLast().startsWith("MERGE"));
        ProxyFixture proxy = attempt.outcome() == Outcome.HELD_IN_STRICT ? strict : guardrail;
        try (WireClient client = login(proxy)) {
            for (String message :
                    attempt.messages().subList(0, attempt.messages().size() - 1)) {
                Answer answer = client.answerTo(message);
                assertThat(answer.hold()).as(message).isNull();
                assertThat(answer.errors()).as(message).isEmpty();
            }
            expect(attempt, client.answerTo(attempt.messages().getLast()));
        }
    }

    static List<Attempt> heldAttempts() {
        return Attempt.all().stream()
                .filter(attempt -> attempt.outcome() == Outcome.HELD)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("heldAttempts")
    void theExtendedProtocolIsNoWayAround(Attempt attempt) throws Exception {
        try (WireClient client = login(guardrail)) {
            for (String message :
                    attempt.messages().subList(0, attempt.messages().size() - 1)) {
                client.answerTo(message);
            }
            waits(client.execute(attempt.messages().getLast(), List.of()), console);
            assertThat(victims.isHarmed()).isFalse();
        }
    }

    static List<Attempt> opaqueAttempts() {
        return Attempt.all().stream()
                .filter(attempt -> attempt.outcome() == Outcome.HELD_ONLY_IN_STRICT)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("opaqueAttempts")
    void strictHoldsWhatNobodyCanRead(Attempt attempt) throws Exception {
        try (WireClient client = login(strict)) {
            waits(client.answerTo(attempt.messages().getLast()), strictConsole);
            assertThat(victims.isHarmed()).isFalse();
        }
    }

    static List<Attempt> largeAttempts() {
        return Attempt.all().stream()
                .filter(attempt -> attempt.outcome() == Outcome.NEEDS_ROW_BUDGET)
                .filter(attempt -> attempt.id().startsWith("S-")) // the others' triggers do it
                .toList();
    }

    @ParameterizedTest
    @MethodSource("largeAttempts")
    void aRuleForManyRowsHoldsWhatLooksLikeFew(Attempt attempt) throws Exception {
        assumeTrue(SERVER_HAS_MERGE || !attempt.messages().getLast().startsWith("MERGE"));
        try (WireClient client = login(rows)) {
            for (String message :
                    attempt.messages().subList(0, attempt.messages().size() - 1)) {
                client.answerTo(message);
            }
            waits(client.answerTo(attempt.messages().getLast()), rowsConsole);
            assertThat(victims.isHarmed()).isFalse();
        }
    }

    private static void expect(Attempt attempt, Answer answer) throws SQLException {
        Outcome outcome = attempt.outcome();
        String said = answer.toString();
        switch (outcome) {
            case HELD -> waits(answer, console);
            case HELD_IN_STRICT -> waits(answer, strictConsole);
            case REFUSED -> {
                assertThat(answer.hold()).as(said).isNull();
                assertThat(answer.errors()).as(said).containsExactly("PW006");
            }
            case INVALID -> {
                assertThat(answer.hold()).as(said).isNull();
                assertThat(answer.errors()).as(said).containsExactly("42601");
            }
            case HARMLESS -> {
                assertThat(answer.hold()).as(said).isNull();
                assertThat(answer.errors()).as(said).isEmpty();
            }
            case READ_ON_FOLLOWER -> {
                assertThat(answer.hold()).as(said).isNull();
                assertThat(answer.errors()).as(said).containsExactly("25006");
            }
            case FORWARDED, NEEDS_ROW_BUDGET, HELD_ONLY_IN_STRICT ->
                assertThat(answer.hold()).as(said).isNull();
        }
        assertThat(victims.isHarmed()).as(said).isEqualTo(outcome.getsThrough());
    }

    /** Nobody decides; the client's going, at the end of the test, withdraws it. */
    private static void waits(Answer answer, ConsoleClient console) throws SQLException {
        String hold = answer.hold();
        assertThat(hold).as(answer.toString()).isNotNull();
        assertThat(console.hold(String.valueOf(hold)).state()).isEqualTo("waiting");
    }

    private static WireClient login(ProxyFixture proxy) throws IOException {
        return WireClient.login(proxy.port(), "ana", Map.of("search_path", Victims.SEARCH_PATH));
    }
}
