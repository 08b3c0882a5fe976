package io.holdfast.proxy.cli;

import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Note;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast audit verify}: is everything there, and as it was written? */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Follows the chain of hashes through all parts of the log. It ends with a note; keep it elsewhere, and give it back",
            "next time: only a note shows that lines are missing at the end, or that somebody has made the whole log anew.",
            "Or compare with the copy in the control store, which shows that, too, and what was there.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no line was changed, added or left out",
            "1:the chain is broken, or the log is not what was copied of it",
            "2:wrong usage, or the log cannot be read"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    static final int INTACT = 0;
    static final int BROKEN = 1;
    private static final int UNREADABLE = 2;

    @Mixin
    private AuditLocation location = new AuditLocation();

    @Option(
            names = "--note",
            paramLabel = "LINE:HASH",
            converter = NoteConverter.class,
            description =
                    "What an earlier run said. If the lines up to it are no longer there, the rest is verified from it on.")
    private @Nullable Note note;

    @Option(
            names = "--copy",
            description =
                    "Compares with the copy in the control store; needs --config. If the oldest lines are no longer there,"
                            + " the rest is verified from what the copy has of them on.")
    private boolean copy;

    @Option(
            names = "--chain",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "With --copy: only with this chain, where a log was begun anew on purpose.")
    private int chain;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        if (chain != 0 && !copy) {
            throw new ParameterException(line, "--chain needs --copy");
        }
        Path file = location.file();
        try {
            return copy
                    ? new CopyCheck(file, location.copyAs(), chain, line.getOut(), line.getErr())
                            .run(location.store(), note)
                    : verify(file, note, line.getOut(), line.getErr());
        } catch (IOException e) {
            line.getErr().println("holdfast audit: cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    /** Follows the chain, says what was found, and gives the exit code. */
    static int verify(Path file, @Nullable Note known, PrintWriter out, PrintWriter err) throws IOException {
        return switch (AuditVerifier.verify(file, known)) {
            case Verification.Intact(long count, long last, var head) -> {
                out.println("intact: " + count + (count == 1 ? " entry" : " entries"));
                out.println("note: " + last + ':' + head);
                yield INTACT;
            }
            case Verification.Broken(long at, var why) -> {
                err.println("broken at entry " + at + ": " + why);
                yield BROKEN;
            }
        };
    }

    /** Reads what this command prints. */
    static final class NoteConverter implements ITypeConverter<Note> {
        private static final Pattern NOTE = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

        @Override
        public Note convert(String value) {
            Matcher parts = NOTE.matcher(value);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + value + "' (expected: a line's number, a colon, and its SHA-256)");
            }
            return new Note(Long.parseLong(parts.group(1)), parts.group(2));
        }
    }
}
