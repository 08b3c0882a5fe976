package io.holdfast.proxy.cli;

import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Note;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
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
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast audit verify}: is everything there, and as it was written? */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Follows the chain of hashes through all parts of the log. It ends with a note; keep it elsewhere, and give it back",
            "next time: only a note shows that lines are missing at the end, or that somebody has made the whole log anew.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no line was changed, added or left out",
            "1:the chain is broken",
            "2:wrong usage, or the log cannot be read"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int INTACT = 0;
    private static final int BROKEN = 1;
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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        Path file = location.file();
        try {
            return switch (AuditVerifier.verify(file, note)) {
                case Verification.Intact(long count, long last, var head) -> {
                    line.getOut().println("intact: " + count + (count == 1 ? " entry" : " entries"));
                    line.getOut().println("note: " + last + ':' + head);
                    yield INTACT;
                }
                case Verification.Broken(long at, var why) -> {
                    line.getErr().println("broken at entry " + at + ": " + why);
                    yield BROKEN;
                }
            };
        } catch (IOException e) {
            line.getErr().println("holdfast audit: cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
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
