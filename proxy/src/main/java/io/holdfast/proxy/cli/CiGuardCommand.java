package io.holdfast.proxy.cli;

import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Cidr;
import io.holdfast.proxy.guard.Allowance;
import io.holdfast.proxy.guard.GuardedCommand;
import io.holdfast.proxy.guard.Judged;
import io.holdfast.proxy.guard.TargetGuard;
import io.holdfast.proxy.guard.Verdict;
import io.holdfast.proxy.targets.Finder;
import io.holdfast.proxy.targets.Finding;
import io.holdfast.proxy.targets.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ci-guard}: starts a command only if every database that it would use is local. */
@Command(
        name = CiGuardCommand.NAME,
        mixinStandardHelpOptions = true,
        customSynopsis = "holdfast ci-guard [OPTIONS] -- COMMAND [ARGUMENTS]",
        description =
                "Starts COMMAND only if every database that it finds in its environment, its arguments, .env files and the files of"
                        + " frameworks is local, and does not say that it is anything else. Exit code 3: it was not started.")
public final class CiGuardCommand implements Callable<Integer> {
    /** Set by the launcher, which then starts the command in its own place when the exit code is {@link #GO}. */
    static final String LAUNCHER = "holdfast.guard.launcher";

    public static final String NAME = "ci-guard";

    static final int GO = 90;
    static final int REFUSED = 3;
    private static final String ME = "holdfast ci-guard: ";
    private static final int MOST_SECONDS = 3_600;

    private final Map<String, String> environment;
    private final Path folder;

    @ArgGroup(exclusive = false)
    private @Nullable Allowed allowed;

    private static final class Allowed {
        @Option(
                names = "--allow",
                required = true,
                paramLabel = "NAME",
                description = "Lets this one pass, local or not; NAME as shown, such as DATABASE_URL. Goes on record.")
        private String name = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes on record.")
        private String reason = "";
    }

    @Option(
            names = "--audit-file",
            paramLabel = "FILE",
            description = "Where --allow is recorded (default: ~/.local/state/holdfast/ci-guard.jsonl).")
    private @Nullable Path auditFile;

    @Option(
            names = "--local-network",
            paramLabel = "CIDR",
            description =
                    "Counts as local, such as 172.20.0.0/16; may be repeated. Loopback, Unix sockets and this machine's own"
                            + " networks of containers always do.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long databases that do not answer yet may take (default: 0).")
    private int wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Of connecting, and of each answer (default: 5).")
    private int timeout = 5;

    @Option(
            names = "--environment-query",
            paramLabel = "SQL",
            description = "Asked of each database, too; its first column says local, staging or production.")
    private @Nullable String query;

    @Option(
            names = "--silence",
            paramLabel = "trust|refuse",
            description = "What to make of a local database that does not say what it is (default: trust).")
    private String silence = "trust";

    @Option(
            names = "--optional",
            paramLabel = "NAME",
            description = "Lets this one pass while nobody listens there; NAME as shown. May be repeated.")
    private Set<String> optional = new TreeSet<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Look through this file, too; may be repeated.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--no-env-files", description = "Do not look for .env files.")
    private boolean noFiles;

    @Option(
            names = "--no-project-files",
            description = "Do not look for files of frameworks, such as config/database.yml.")
    private boolean noProjectFiles;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "With its arguments, behind --.")
    private List<String> command = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    public CiGuardCommand(Map<String, String> environment) {
        this(environment, Path.of(""));
    }

    /**
     * In a folder.
     *
     * @param folder that files are looked for in
     */
    public CiGuardCommand(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder.toAbsolutePath();
    }

    /** The command's exit code; 3 if it was not started. */
    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        PrintWriter err = line.getErr();
        check(line);
        List<Path> looked = new ArrayList<>(noFiles ? List.of() : Finder.files(folder, environment));
        looked.addAll(files);
        List<Finding> findings = Finder.find(new Surroundings(environment, folder, looked, command), !noProjectFiles);
        TargetGuard guard = new TargetGuard(
                new TargetGuard.Terms(
                        cidrs(line),
                        Duration.ofSeconds(timeout),
                        query,
                        silence.equals("refuse") ? Silence.REFUSE : Silence.TRUST,
                        optional),
                environment);
        List<Judged> judged = guard.judge(findings, Duration.ofSeconds(wait));
        tell(judged, err);
        boolean go = allow(line, judged, err);
        err.flush();
        return go ? start(err) : REFUSED;
    }

    private void check(CommandLine line) {
        if (wait < 0 || wait > MOST_SECONDS) {
            throw new ParameterException(line, "--wait: " + wait + " (expected: 0.." + MOST_SECONDS + ')');
        }
        if (timeout < 1 || timeout > MOST_SECONDS) {
            throw new ParameterException(line, "--timeout: " + timeout + " (expected: 1.." + MOST_SECONDS + ')');
        }
        if (!silence.equals("trust") && !silence.equals("refuse")) {
            throw new ParameterException(line, "--silence: " + silence + " (expected: trust or refuse)");
        }
        if (allowed != null && allowed.reason.isBlank()) {
            throw new ParameterException(line, "--reason: empty (expected: why it may pass)");
        }
    }

    private List<Cidr> cidrs(CommandLine line) {
        List<Cidr> cidrs = new ArrayList<>();
        for (String network : networks) {
            try {
                cidrs.add(Cidr.parse(network));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(line, "--local-network: " + e.getMessage(), e);
            }
        }
        return cidrs;
    }

    private static void tell(List<Judged> judged, PrintWriter err) {
        if (judged.isEmpty()) {
            err.println(ME + "no database found in the environment, the arguments and files");
        }
        judged.forEach(one -> err.println(ME + one.line()));
    }

    /** Whether the rest passes, and what is allowed is on record. */
    private boolean allow(CommandLine line, List<Judged> judged, PrintWriter err) throws InterruptedException {
        Allowance allowance = allowance();
        if (allowance != null && judged.stream().noneMatch(allowance::covers)) {
            throw new ParameterException(line, "--allow: " + allowance.name() + " (expected: a name shown above)");
        }
        List<Judged> refused = judged.stream()
                .filter(one -> !one.passes() && (allowance == null || !allowance.covers(one)))
                .toList();
        if (!refused.isEmpty()) {
            long asked = judged.stream()
                    .filter(one -> !(one.verdict() instanceof Verdict.NotAsked))
                    .count();
            err.println(ME + command.getFirst() + " was not started: " + refused.size() + " of " + asked
                    + " databases may not be used by tests");
            return false;
        }
        return allowance == null || record(allowance, judged, err);
    }

    private @Nullable Allowance allowance() {
        Allowed said = allowed;
        return said == null
                ? null
                : new Allowance(
                        said.name, said.reason, auditFile == null ? Allowance.defaultFile(environment) : auditFile);
    }

    private boolean record(Allowance allowance, List<Judged> judged, PrintWriter err) throws InterruptedException {
        String user = environment.getOrDefault("USER", System.getProperty("user.name", "somebody"));
        for (Judged one : judged) {
            if (allowance.covers(one) && !one.passes()) {
                try {
                    allowance.record(one, command.getFirst(), user);
                } catch (IOException e) {
                    err.println(ME + command.getFirst() + " was not started: what is allowed must be on record, and "
                            + e.getMessage());
                    return false;
                }
                err.println(ME + one.finding().label() + " is allowed by --allow; on record in " + allowance.file());
            }
        }
        return true;
    }

    private int start(PrintWriter err) throws InterruptedException {
        if (System.getProperty(LAUNCHER) != null) {
            return GO;
        }
        try {
            return GuardedCommand.run(command);
        } catch (IOException e) {
            err.println(ME + e.getMessage());
            return GuardedCommand.notFound();
        }
    }
}
