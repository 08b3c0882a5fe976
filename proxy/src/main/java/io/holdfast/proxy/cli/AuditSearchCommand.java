package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.proxy.audit.AuditCopy;
import io.holdfast.proxy.audit.AuditFilter;
import io.holdfast.proxy.audit.AuditReader;
import io.holdfast.proxy.audit.AuditRecord;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.store.AuditCopies;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast audit search}: who ran this? */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints the entries in which all of the words occur, in whatever case, and that have all of the given values.",
            "Who emptied orders yesterday, and who let it go?",
            "",
            "  holdfast audit search --since 1d truncate orders",
            "  holdfast audit search --hold H-7K2M",
            "  holdfast audit search --config holdfast.yaml --copy --since 1d truncate orders",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:something was found", "1:nothing was found", "2:wrong usage, or the log cannot be read"})
final class AuditSearchCommand implements Callable<Integer> {
    private static final int FOUND = 0;
    private static final int NOTHING = 1;
    private static final int UNREADABLE = 2;

    @Mixin
    private AuditLocation location = new AuditLocation();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Of the statement, a name, an address, a reason ...")
    private List<String> words = new ArrayList<>();

    @Option(names = "--since", paramLabel = "TIME", converter = AgoConverter.class, description = AgoConverter.HELP)
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = AgoConverter.class, description = "Likewise.")
    private @Nullable Instant until;

    @Option(names = "--user", paramLabel = "NAME", description = "PostgreSQL user who asked.")
    private @Nullable String user;

    @Option(names = "--person", paramLabel = "NAME", description = "Person who asked.")
    private @Nullable String person;

    @Option(names = "--database", paramLabel = "NAME", description = "Database it was asked of.")
    private @Nullable String database;

    @Option(names = "--application", paramLabel = "NAME", description = "application_name of who asked.")
    private @Nullable String application;

    @Option(names = "--address", paramLabel = "IP", description = "Where it came from.")
    private @Nullable String address;

    @Option(names = "--certificate", paramLabel = "SUBJECT", description = "Such as /O=Example/OU=ci/CN=runner-7.")
    private @Nullable String certificate;

    @Option(names = "--session", paramLabel = "ID", description = "Such as S-d3ddb493.")
    private @Nullable String session;

    @Option(names = "--hold", paramLabel = "ID", description = "Everything about one hold.")
    private @Nullable String hold;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "forwarded, held, vote, approved, denied, released, refused, outcome, frozen, ...")
    private @Nullable String kind;

    @Option(names = "--class", paramLabel = "CLASS", description = "write, schema, destructive, ...")
    private @Nullable String statementClass;

    @Option(
            names = "--copy",
            description =
                    "Searches the copy in the control store, which has the entries of all proxies; needs --config.")
    private boolean copy;

    @Option(names = "--proxy", paramLabel = "NAME", description = "With --copy: only of this one, as its copy-as says.")
    private @Nullable String proxy;

    @Option(
            names = "--json",
            description =
                    "Prints the lines as they are in the file; with --copy with the proxy and the chain around each.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        if (proxy != null && !copy) {
            throw new ParameterException(line, "--proxy needs --copy: a file has the entries of one proxy only");
        }
        AuditFilter filter = new AuditFilter(fields(), words, since, until);
        try {
            Hits hits = copy ? ofCopy(filter, line.getOut()) : ofFile(filter, line.getOut());
            line.getOut().flush();
            if (hits.damaged > 0) {
                line.getErr().println("lines that are no entries: " + hits.damaged + "; see holdfast audit verify");
            }
            return hits.any ? FOUND : NOTHING;
        } catch (IOException e) {
            line.getErr().println("holdfast audit: cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    /** What a search has come upon. */
    private static final class Hits {
        private boolean any;
        private long damaged;
    }

    private Hits ofFile(AuditFilter filter, PrintWriter out) throws IOException {
        Hits hits = new Hits();
        try (AuditReader reader = AuditReader.open(location.file())) {
            for (AuditRecord entry = reader.next(); entry != null; entry = reader.next()) {
                if (filter.matches(entry)) {
                    hits.any = true;
                    out.println(json ? entry.line() : AuditLine.of(entry));
                }
            }
            hits.damaged = reader.damaged();
        }
        return hits;
    }

    private Hits ofCopy(AuditFilter filter, PrintWriter out) throws IOException {
        Hits hits = new Hits();
        try (AuditCopy opened = AuditCopies.forReading(location.store()).open()) {
            opened.search(filter, proxy, found -> {
                Optional<AuditRecord> entry = AuditRecord.of(found.text());
                if (entry.isEmpty()) {
                    hits.damaged++;
                } else if (filter.matches(entry.get())) {
                    hits.any = true;
                    out.println(
                            json
                                    ? json(found)
                                    : "%-12s %s".formatted(Visible.name(found.proxy()), AuditLine.of(entry.get())));
                }
            });
        }
        return hits;
    }

    /** The line is JSON. */
    private static String json(AuditCopy.Found found) {
        return "{\"proxy\":" + JsonNodeFactory.instance.textNode(found.proxy()) + ",\"chain\":" + found.chain()
                + ",\"entry\":" + found.text() + '}';
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        put(fields, "user", user);
        put(fields, "person", person);
        put(fields, "database", database);
        put(fields, "application", application);
        put(fields, "address", address);
        put(fields, "certificate", certificate);
        put(fields, "session", session);
        put(fields, "hold", hold);
        put(fields, "kind", kind);
        put(fields, "class", statementClass);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
