package io.holdfast.proxy.cli;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.load.ConfigResult;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.ci.Caller;
import io.holdfast.proxy.ci.CiGuard;
import io.holdfast.proxy.ci.CiRules;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.ci.Recognition;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.session.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast check}: what would become of this SQL. Connects to nothing but {@code --connect}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says of each statement in SQL scripts what Holdfast would do with it: forward, hold or refuse, and to which server.",
            "psql's meta-commands and the data of COPY are passed over; what \\i includes and \\gexec generates is not looked for.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was read, and nothing reaches --fail-on",
            "2:wrong usage, or something that cannot be read",
            "3:a statement reaches --fail-on"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int UNREADABLE = 2;
    private static final int REACHED = 3;

    private final InputStream stdin;
    private final InstantSource clock;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "SQL scripts; of a folder all *.sql (*.jsonl with --format jsonl) in the order of their names;"
                            + " - or nothing for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--config", paramLabel = "FILE", description = "Takes rules, preset and people from there.")
    private @Nullable Path config;

    @Option(
            names = "--preset",
            converter = PresetConverter.class,
            paramLabel = "PRESET",
            description = "observe, guardrail or strict (default: that of --config, else guardrail).")
    private @Nullable Preset preset;

    @Option(names = "--user", paramLabel = "NAME", description = "PostgreSQL user for the rules (default: none).")
    private String user = "";

    @Option(
            names = "--person",
            paramLabel = "NAME",
            description = "Person for the rules (default: the one of --config who has the user).")
    private @Nullable String person;

    @Option(names = "--database", paramLabel = "NAME", description = "Database for the rules (default: none).")
    private String database = "";

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description = "Application name for the rules (default: none).")
    private String application = "";

    @Option(
            names = "--address",
            converter = AddressConverter.class,
            paramLabel = "IP",
            description = "The client's address for the rules (default: 127.0.0.1).")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--certificate",
            converter = SubjectConverter.class,
            paramLabel = "SUBJECT",
            description = "The client's TLS certificate for the rules: its common name, or all of its subject, such as"
                    + " /O=Example/OU=ci/CN=runner-7 (default: none).")
    private @Nullable CertificateSubject certificate;

    @Option(
            names = "--ci",
            description =
                    "The client says holdfast.origin=ci; otherwise rules and well-known names tell whether it is CI.")
    private boolean ciDeclared;

    @Option(
            names = "--environment",
            converter = EnvironmentConverter.class,
            paramLabel = "NAME",
            description = "production, staging or local, for the rules (default: that of --config, else production).")
    private @Nullable Environment environment;

    @Option(
            names = "--at",
            converter = MomentConverter.class,
            paramLabel = "TIME",
            description = "When it would be sent, for the rules, such as 2026-03-14T22:30Z (default: now).")
    private @Nullable Instant at;

    @Option(
            names = "--rows",
            converter = RowsConverter.class,
            paramLabel = "N",
            description =
                    "For rules with rows-over: takes each statement to touch so many rows, where its text does not say it. check"
                            + " counts none, so without this, as if they could not be counted.")
    private @Nullable RowEstimate rows;

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description =
                    "Asks the database at postgresql://user@host:5432/name what its functions, views and tables are; without,"
                            + " only PostgreSQL's own functions are known. Runs none of the SQL.")
    private @Nullable String connect;

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "hold: held or refused; refuse: refused; unparsed: not understood. Exit code 3 if any statement is.")
    private List<FailOn> failOn = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text: one line a statement. jsonl: each line of the input is an object with a field sql, judged by itself"
                            + " and as a whole, and answered by an object on one line (default: text).")
    private CheckFormat format = CheckFormat.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * The command.
     *
     * @param stdin read where no file is named
     * @param clock says what now is, for rules that ask
     */
    public CheckCommand(InputStream stdin, InstantSource clock) {
        this.stdin = stdin;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        var tally = new CheckTally(failOn, line.getErr());
        switch (CheckConfig.load(config)) {
            case ConfigResult.Invalid(var problems) ->
                problems.forEach(problem -> tally.unreadable(problem.toString()));
            case ConfigResult.Loaded(var loaded, var warnings) -> {
                warnings.forEach(tally::warning);
                try {
                    Catalog catalog = connect == null ? Catalog.textOnly() : CheckCatalog.read(connect);
                    check(loaded, catalog, line.getOut(), tally);
                } catch (SQLException e) {
                    tally.unreadable("--connect: " + e.getMessage());
                }
            }
        }
        tally.sum();
        return tally.hasUnreadable() ? UNREADABLE : tally.hasReached() ? REACHED : OK;
    }

    private void check(HoldfastConfig loaded, Catalog catalog, PrintWriter out, CheckTally tally) {
        turnAway(loaded, tally);
        Supplier<Rehearsal> sessions = sessions(loaded, catalog);
        Checker checker = switch (format) {
            case TEXT -> new ScriptChecker(sessions, out, tally);
            case JSONL -> new JsonLinesChecker(sessions, out, tally);
        };
        for (CheckSource source : CheckSource.of(files, format.suffix(), tally)) {
            try (InputStream in = source.open(stdin)) {
                checker.check(source.name(), in);
            } catch (IOException e) {
                tally.unreadable(source.name(), e);
            }
        }
        out.flush();
    }

    /** Says so if the CI guard would keep the client out; the statements are judged all the same. The database is not asked. */
    private void turnAway(HoldfastConfig loaded, CheckTally tally) {
        Caller caller = new Caller(
                "", user, null, database, application, new InetSocketAddress(address, 0), ciDeclared, certificate);
        Recognition ci = new CiRules(loaded.ci()).recognise(caller);
        Objection objection = new CiGuard(loaded.ci(), loaded.upstream().environment())
                .objection(database, ci, new DatabaseSays.Nothing());
        if (objection != null) {
            tally.turnedAway(Visible.text(objection.report().message() + ". "
                    + String.valueOf(objection.report().detail())));
        } else if (ci != null) {
            tally.note("taken for CI by " + Visible.text(ci.rule() + ": " + ci.seen())
                    + "; it gets in unless the database says that it is not local");
        }
    }

    /** Makes sessions of which none knows of another. */
    private Supplier<Rehearsal> sessions(HoldfastConfig loaded, Catalog catalog) {
        Protect given = loaded.protect();
        // Without a file, the preset of the default configuration does not count.
        Preset chosen = preset != null ? preset : config == null ? Preset.GUARDRAIL : given.preset();
        Policy policy = Policy.of(new Protect(chosen, given.rules(), given.holds()));
        var who = new Requester(
                user,
                person == null ? owner(loaded) : person,
                database,
                application,
                address,
                environment == null ? loaded.upstream().environment() : environment,
                certificate,
                at == null ? clock.instant() : at);
        RowEstimate estimate = rows == null ? new RowEstimate.Unknown("see --rows") : rows;
        return () -> new Rehearsal(policy, catalog, who, loaded.limits().inspectBytes(), estimate);
    }

    private @Nullable String owner(HoldfastConfig loaded) {
        return new People(loaded.people())
                .byPostgresUser(user)
                .map(Person::name)
                .orElse(null);
    }
}
