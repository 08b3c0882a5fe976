package io.holdfast.proxy.differential;

import io.holdfast.protocol.trace.TraceFormat;
import io.holdfast.proxy.testing.Frame;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** A message as a line in which nothing is left that must differ between two connections. */
final class Normalized {
    /** First OID of what users make; tables are made anew for each play. */
    private static final Pattern USER_OID = Pattern.compile(
            "(?<=[\\[( ])(?:1638[4-9]|1639\\d|16[4-9]\\d\\d|1[7-9]\\d{3}|[2-9]\\d{4}|\\d{6,10})(?=[\\]) ])");

    private static final Pattern KEY = Pattern.compile("BackendKeyData -?\\d+ .*");
    private static final Pattern SENDER = Pattern.compile("(?<=^NotificationResponse )\\d+");
    private static final Pattern SECRET = Pattern.compile("(AuthenticationSASL(?:Continue|Final)) .*");
    /** Which row a cancel finds a COPY at depends on the moment. */
    private static final Pattern CANCELED_AT =
            Pattern.compile("(?<= M \"canceling statement due to user request\") W \"COPY (?:[^\"\\\\]|\\\\.)*\"");

    private static final Pattern LOCATION = Pattern.compile(" F \"[^\"]*\" L \"\\d+\" R \"[^\"]*\"$");
    private static final int LONGEST = 400;
    private static final int SHOWN = 60;

    private Normalized() {}

    static String line(Frame frame) {
        String line = TraceFormat.backend(frame.bytes());
        return shorten(
                switch (frame.type()) {
                    case 'K' ->
                        KEY.matcher(line)
                                .replaceFirst("BackendKeyData NNNN, a key of " + (frame.body().length - 4) + " bytes");
                    case 'A' -> SENDER.matcher(line).replaceFirst("NNNN");
                    case 'R' -> SECRET.matcher(line).replaceFirst("$1 NNNN");
                    case 'T', 't' -> USER_OID.matcher(line).replaceAll("NNNN");
                    case 'E' -> CANCELED_AT.matcher(line).replaceFirst("");
                    default -> line;
                });
    }

    /** An error or notice without the place in PostgreSQL's source, which no error of Holdfast's own has. */
    static String withoutLocation(String line) {
        return LOCATION.matcher(line).replaceFirst("");
    }

    private static String shorten(String line) {
        if (line.length() <= LONGEST) {
            return line;
        }
        CRC32 rest = new CRC32();
        rest.update(line.getBytes(StandardCharsets.UTF_8));
        return line.substring(0, SHOWN) + "... of " + line.length() + " characters, CRC " + rest.getValue();
    }
}
