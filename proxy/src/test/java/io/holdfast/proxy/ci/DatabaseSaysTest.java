package io.holdfast.proxy.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Upstream.Environment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseSaysTest {
    private static final Evidence PRODUCTION = Evidence.of("a", "production");
    private static final Evidence STAGING = Evidence.of("b", "staging");
    private static final Evidence LOCAL = Evidence.of("c", "local");

    @ParameterizedTest
    @CsvSource({
        "production, PRODUCTION",
        "Production, PRODUCTION",
        "' production ', PRODUCTION",
        "prod, PRODUCTION",
        "prodcution, PRODUCTION",
        "pre-prod, PRODUCTION",
        "staging, STAGING",
        "local, LOCAL",
        "test, LOCAL",
        "development, LOCAL",
        "ci, LOCAL"
    })
    void aWordThatIsNotKnownCountsAsProduction(String word, Environment environment) {
        assertThat(Evidence.of("x", word).environment()).isEqualTo(environment);
    }

    @Test
    void whatCountsAsProductionWithoutSayingSoIsExplained() {
        assertThat(Evidence.of("the setting", "live").words())
                .isEqualTo("the setting says \"live\", which is not known and counts as production");
    }

    @Test
    void theStrictestWordCounts() {
        assertThat(DatabaseSays.of(List.of(LOCAL, PRODUCTION, STAGING), List.of(), List.of()))
                .isEqualTo(new DatabaseSays.Is(PRODUCTION));
        assertThat(DatabaseSays.of(List.of(LOCAL, STAGING), List.of(), List.of()))
                .isEqualTo(new DatabaseSays.Is(STAGING));
    }

    @Test
    void whatCouldNotBeReadMayHaveBeenStricterThanWhatCould() {
        assertThat(DatabaseSays.of(List.of(LOCAL), List.of(), List.of("no permission")))
                .isEqualTo(new DatabaseSays.Unknown("no permission"));
        assertThat(DatabaseSays.of(List.of(PRODUCTION), List.of(), List.of("no permission")))
                .isEqualTo(new DatabaseSays.Is(PRODUCTION));
    }

    @Test
    void aSilentDatabaseIsWhatItsStrictestNeighbourIs() {
        assertThat(DatabaseSays.of(List.of(), List.of(LOCAL, PRODUCTION), List.of()))
                .isEqualTo(new DatabaseSays.Is(PRODUCTION));
        assertThat(DatabaseSays.of(List.of(), List.of(LOCAL), List.of())).isEqualTo(new DatabaseSays.Nothing());
        assertThat(DatabaseSays.of(List.of(), List.of(), List.of())).isEqualTo(new DatabaseSays.Nothing());
    }

    @Test
    void aDatabaseThatSpeaksForItselfIsNotItsNeighbour() {
        assertThat(DatabaseSays.of(List.of(STAGING), List.of(PRODUCTION), List.of()))
                .isEqualTo(new DatabaseSays.Is(STAGING));
    }

    @ParameterizedTest
    @EnumSource(Environment.class)
    void theStricterOfConfigurationAndDatabaseCounts(Environment configured) {
        assertThat(Standing.of(configured, new DatabaseSays.Is(PRODUCTION))).isEqualTo(Environment.PRODUCTION);
        assertThat(Standing.of(configured, new DatabaseSays.Is(LOCAL))).isEqualTo(configured);
        assertThat(Standing.of(configured, new DatabaseSays.Nothing())).isEqualTo(configured);
        assertThat(Standing.of(configured, new DatabaseSays.Unknown("away"))).isEqualTo(configured);
    }
}
