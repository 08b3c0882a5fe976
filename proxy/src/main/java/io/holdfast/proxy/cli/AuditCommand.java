package io.holdfast.proxy.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast audit}: lists what can be asked of the audit. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Reads the audit log: who ran what, who let it go, and what came of it.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {AuditSearchCommand.class, AuditTailCommand.class, AuditVerifyCommand.class})
public final class AuditCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }
}
