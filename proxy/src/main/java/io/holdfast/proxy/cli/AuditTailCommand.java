package io.holdfast.proxy.cli;

import io.holdfast.proxy.audit.AuditReader;
import io.holdfast.proxy.audit.AuditRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast audit tail}: the latest entries, and those that come. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints the latest entries.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:as asked", "2:wrong usage, or the log cannot be read"})
final class AuditTailCommand implements Callable<Integer> {
    private static final int UNREADABLE = 2;
    private static final long LOOK_MILLIS = 250;

    @Mixin
    private AuditLocation location = new AuditLocation();

    @Option(names = "-n", paramLabel = "NUMBER", defaultValue = "20", description = "How many (default: 20).")
    private int count;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Prints the lines as they are in the file.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        PrintWriter out = line.getOut();
        try {
            long last = print(AuditReader.openLatest(location.file(), Math.max(0, count)), 0, out);
            while (follow && !out.checkError()) { // until the log changes files, and from there again
                last = print(AuditReader.openLatest(location.file(), Integer.MAX_VALUE), last, out);
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            line.getErr().println("holdfast audit: cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    /** Prints what comes after that entry, and returns the last one. */
    private long print(AuditReader opened, long after, PrintWriter out) throws IOException, InterruptedException {
        long last = after;
        try (AuditReader reader = opened) {
            boolean over = false;
            while (true) {
                for (AuditRecord entry = reader.next(); entry != null; entry = reader.next()) {
                    if (entry.seq() > last) {
                        out.println(json ? entry.line() : AuditLine.of(entry));
                        last = entry.seq();
                    }
                }
                if (!follow || over || out.checkError()) { // which flushes, too
                    out.flush();
                    return last;
                }
                over = reader.isOver(); // then what was written before that is read once more
                if (!over) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            }
        }
    }
}
