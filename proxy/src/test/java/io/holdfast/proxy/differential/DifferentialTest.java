package io.holdfast.proxy.differential;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Preset;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL answers, Holdfast answers. Everything is forwarded here; what is held and refused is tested elsewhere. */
@Timeout(60)
class DifferentialTest {
    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().preset(Preset.OBSERVE).clientTls(false).start();

    @AutoClose
    private static final World world = world(proxy.servers());

    private static World world(TestServers servers) {
        try {
            return new World(servers, Resources.text("tables.sql"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Script> scripts() throws SQLException {
        int version = world.version();
        return Resources.scripts().stream().filter(script -> script.isFor(version));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void nobodyNoticesTheProxy(Script script) throws Exception {
        world.restore();
        List<String> direct = Player.play(script, proxy.servers().primary().port(), false);
        for (boolean inPieces : new boolean[] {false, true}) {
            world.restore();
            List<String> proxied = Player.play(script, proxy.port(), inPieces);
            assertThat(Diff.between(direct, proxied))
                    .as("differences of %n%s", String.join("\n", proxied))
                    .isEqualTo(script.different());
        }
    }

    @Test
    void everyDifferenceIsListedWithAReason() {
        assertThat(Resources.scripts().stream()
                        .map(Script::difference)
                        .filter(Objects::nonNull)
                        .collect(toSet()))
                .isEqualTo(Resources.differences().keySet());
        assertThat(Resources.scripts())
                .allSatisfy(script -> assertThat(script.difference() == null)
                        .isEqualTo(script.different().isEmpty()));
    }

    @Test
    void noTwoScriptsHaveOneName() {
        assertThat(Resources.scripts().stream().collect(Collectors.groupingBy(Script::toString, Collectors.counting())))
                .allSatisfy((name, count) -> assertThat(count).isOne())
                .hasSizeGreaterThanOrEqualTo(150);
    }
}
