package io.holdfast.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads texts in tests. */
final class Loading {
    /** The least that can be said; lines 1 to 5. */
    static final String MINIMAL = """
            upstream:
              environment: local
              hosts: localhost
              account: { user: holdfast }
            protect: { preset: observe }
            """;

    /** Without protect; lines 1 to 4. */
    static final String UPSTREAM = """
            upstream:
              environment: local
              hosts: localhost
              account: { user: holdfast }
            """;

    private static final Path FOLDER = Path.of("/no/such/folder");

    private Loading() {}

    static HoldfastConfig config(String yaml) {
        return config(ConfigLoader.load(yaml, "t.yaml", FOLDER, Map.of()));
    }

    static HoldfastConfig config(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result).config();
    }

    /** Each warning as people see it. */
    static List<String> warnings(String yaml) {
        ConfigResult result = ConfigLoader.load(yaml, "t.yaml", FOLDER, Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result)
                .warnings().stream().map(ConfigProblem::toString).toList();
    }

    /** Each problem as people see it. */
    static List<String> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    static List<String> problems(String yaml, Map<String, String> environment) {
        return problems(ConfigLoader.load(yaml, "t.yaml", FOLDER, environment));
    }

    static List<String> problems(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Loaded _ -> List.of();
            case ConfigResult.Invalid invalid ->
                invalid.problems().stream().map(ConfigProblem::toString).toList();
        };
    }
}
