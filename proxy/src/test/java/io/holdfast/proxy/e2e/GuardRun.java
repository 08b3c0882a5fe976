package io.holdfast.proxy.e2e;

import io.holdfast.proxy.cli.CiGuardCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What {@code ci-guard} did in this process with a command. */
record GuardRun(int exitCode, String said) {
    static GuardRun of(Map<String, String> environment, Path folder, List<String> options, String... command) {
        StringWriter said = new StringWriter();
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--");
        arguments.addAll(List.of(command));
        int exitCode = new CommandLine(new CiGuardCommand(environment, folder))
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
        return new GuardRun(exitCode, said.toString());
    }
}
