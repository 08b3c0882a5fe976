package io.holdfast.proxy.cli;

import io.holdfast.config.load.ConfigLoader;
import io.holdfast.config.load.ConfigResult;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that statements are checked against. */
final class CheckConfig {
    /** Every default, no rules and no people, so that no preset can be asked for that needs some. */
    private static final String DEFAULT = """
            upstream:
              environment: production
              hosts: localhost
              account: { user: holdfast }
            protect:
              preset: observe
            """;

    private CheckConfig() {}

    /** @param file null: what an empty list of rules would be */
    static ConfigResult load(@Nullable Path file) {
        return file == null
                ? ConfigLoader.load(DEFAULT, "default", Path.of(""), Map.of())
                : ConfigLoader.load(file, System.getenv());
    }
}
