package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.RuleConfig;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pgbench runs through the proxy without an error, in every query mode. */
@Timeout(120)
class PgbenchTest {
    private static ClientProgram.Installed pgbench;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .rules(
                    rule("pgbench makes its own tables", Set.of(), List.of("pgbench_*")),
                    rule("and cleans up", Set.of("VACUUM"), List.of()))
            .start();

    @BeforeAll
    static void initialize() throws Exception {
        pgbench = ClientProgram.installed("pgbench");
        assertThat(pgbench("-i", "-s", "1")).contains("done in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void readsRunWithoutAnError(String mode) throws Exception {
        assertThat(pgbench("-M", mode, "-S", "-c", "4", "-t", "500"))
                .contains("number of transactions actually processed: 2000/2000", "number of failed transactions: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void transactionsRunWithoutAnError(String mode) throws Exception {
        assertThat(pgbench("-M", mode, "-c", "4", "-t", "50"))
                .contains("number of transactions actually processed: 200/200", "number of failed transactions: 0");
    }

    private static String pgbench(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "shop";
        return ClientProgram.run(pgbench, proxy.port(), "", all);
    }

    private static RuleConfig rule(String name, Set<String> commands, List<String> tables) {
        return new RuleConfig(
                name,
                new RuleConfig.When(
                        Set.of(),
                        commands,
                        tables,
                        List.of(),
                        false,
                        Set.of("ana"),
                        Set.of(),
                        Set.of("shop"),
                        Set.of(),
                        List.of()),
                new RuleConfig.Action.Allow());
    }
}
