package io.holdfast.proxy.statement;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What psql's backslash commands mean for the SQL around them. */
final class MetaCommand {
    /** Those that send what has been collected so far; the first one keeps it, for more to be sent along. */
    private static final Set<String> SENDERS =
            Set.of(";", "g", "gx", "gset", "gexec", "gdesc", "watch", "crosstabview", "parse", "sendpipeline");

    private static final Pattern NAME = Pattern.compile("\\\\(;|[a-z]*).*", Pattern.DOTALL);
    private static final Pattern COPY_FROM_STDIN =
            Pattern.compile("\\\\copy\\s.*\\sfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private MetaCommand() {}

    /** Where the command at the backslash {@code from} ends: before the line's end, or at the next backslash outside quotes. */
    static int end(byte[] script, int from, int end) {
        if (from + 1 < end && (script[from + 1] == '\\' || script[from + 1] == ';')) {
            return from + 2;
        }
        byte quote = 0;
        int at = from + 1;
        for (; at < end && !ByteClass.isNewline(script[at]); at++) {
            byte b = script[at];
            if (quote == 0 && b == '\\') {
                break;
            }
            if (quote == '\'' && b == '\\' && at + 1 < end && !ByteClass.isNewline(script[at + 1])) {
                at++; // what it escapes
            } else if (b == quote) {
                quote = 0;
            } else if (quote == 0 && (b == '\'' || b == '"' || b == '`')) {
                quote = b;
            }
        }
        return Math.min(at, end);
    }

    static boolean sends(String command) {
        Matcher name = NAME.matcher(command);
        return name.matches() && SENDERS.contains(name.group(1));
    }

    /** Whether lines of data follow, as behind SQL's COPY. */
    static boolean readsData(String command) {
        return COPY_FROM_STDIN.matcher(command).matches();
    }
}
