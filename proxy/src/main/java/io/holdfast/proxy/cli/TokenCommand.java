package io.holdfast.proxy.cli;

import io.holdfast.proxy.console.Tokens;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast token}: a new one, and what the configuration has to know of it. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a token for the HTTP API and the commands that use it, and prints the line for the configuration.",
            "The token is for its person alone; it is stored nowhere and cannot be shown again."
        })
public final class TokenCommand implements Callable<Integer> {
    /** Tells tools that look for leaked secrets what this is. */
    private static final String PREFIX = "hf_";

    private static final int RANDOM_BYTES = 32;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out =
                Objects.requireNonNull(spec, "run by picocli").commandLine().getOut();
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = PREFIX + HexFormat.of().formatHex(random);
        out.println("for the person:         " + token);
        out.println("for holdfast.yaml:      token: sha256:" + Tokens.hash(token));
        return CommandLine.ExitCode.OK;
    }
}
