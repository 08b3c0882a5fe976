package io.holdfast.proxy.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast}: lists its verbs. */
@Command(
        name = "holdfast",
        mixinStandardHelpOptions = true,
        description = "A PostgreSQL proxy that protects production from its own people and their tools.",
        synopsisSubcommandLabel = "VERB")
public final class HoldfastCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    /** Without a verb there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }
}
