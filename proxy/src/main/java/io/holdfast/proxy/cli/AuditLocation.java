package io.holdfast.proxy.cli;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.load.ConfigLoader;
import io.holdfast.config.load.ConfigResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which log is meant. */
final class AuditLocation {
    private static final Path DEFAULT = Path.of("holdfast-audit.jsonl");

    @ArgGroup
    private @Nullable Choice choice;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    private static final class Choice {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "The file that is written; parts that were put away are found beside it"
                        + " (default: holdfast-audit.jsonl here).")
        private @Nullable Path file;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Takes audit.file from there, and with --copy the control store.")
        private @Nullable Path config;
    }

    /** @throws ParameterException if the configuration cannot be read */
    Path file() {
        if (choice == null) {
            return DEFAULT;
        }
        return choice.config == null
                ? (choice.file == null ? DEFAULT : choice.file)
                : configured(choice.config).audit().file();
    }

    /**
     * The control store in which several proxies have their copies.
     *
     * @throws ParameterException if there is no configuration that has one
     */
    ControlStoreConfig.Shared store() {
        if (configuration().controlStore() instanceof ControlStoreConfig.Shared shared) {
            return shared;
        }
        throw wrong("--copy: the configuration has no control-store with url, so there is no copy");
    }

    /**
     * What this log's proxy is called in the copy.
     *
     * @throws ParameterException if there is no configuration that says so
     */
    String copyAs() {
        String name = configuration().audit().copyAs();
        if (name == null) {
            throw wrong("--copy: the configuration has no audit.copy-as, so this log is not copied");
        }
        return name;
    }

    private HoldfastConfig configuration() {
        if (choice == null || choice.config == null) {
            throw wrong("--copy needs --config, which says where the copy is");
        }
        return configured(choice.config);
    }

    private HoldfastConfig configured(Path config) {
        return switch (ConfigLoader.load(config, System.getenv())) {
            case ConfigResult.Loaded loaded -> loaded.config();
            case ConfigResult.Invalid(var problems) ->
                throw wrong(String.join(
                        "\n", problems.stream().map(Object::toString).toList()));
        };
    }

    private ParameterException wrong(String what) {
        if (mixee == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return new ParameterException(mixee.commandLine(), what);
    }
}
