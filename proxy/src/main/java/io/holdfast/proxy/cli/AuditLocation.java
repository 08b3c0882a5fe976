package io.holdfast.proxy.cli;

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

        @Option(names = "--config", paramLabel = "FILE", description = "Takes audit.file from there.")
        private @Nullable Path config;
    }

    /** @throws ParameterException if the configuration cannot be read */
    Path file() {
        if (choice == null) {
            return DEFAULT;
        }
        return choice.config == null ? (choice.file == null ? DEFAULT : choice.file) : configured(choice.config);
    }

    private Path configured(Path config) {
        return switch (ConfigLoader.load(config, System.getenv())) {
            case ConfigResult.Loaded loaded -> loaded.config().audit().file();
            case ConfigResult.Invalid(var problems) -> {
                if (mixee == null) {
                    throw new IllegalStateException("not run by picocli");
                }
                throw new ParameterException(
                        mixee.commandLine(),
                        String.join(
                                "\n", problems.stream().map(Object::toString).toList()));
            }
        };
    }
}
