package io.holdfast.config.load;

import io.holdfast.config.HoldfastConfig;
import java.util.List;

/** What became of a configuration file. */
public sealed interface ConfigResult {
    /**
     * It can be used.
     *
     * @param warnings what is hardly meant, in the order of the file
     */
    record Loaded(HoldfastConfig config, List<ConfigProblem> warnings) implements ConfigResult {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot.
     *
     * @param problems all of them, in the order of the file; at least one
     */
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
