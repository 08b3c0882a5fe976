package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ~/.pgpass}. @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The Password File</a> */
final class PassFile {
    private static final int FIELDS = 5;
    private static final String ANY = "*";

    private PassFile() {}

    /** The password of the first line that matches; empty: none does, or the file is not there or cannot be read. */
    static Optional<String> find(Path file, Server server, String database, String user) {
        String host = switch (server) {
            case Server.Tcp tcp -> tcp.host();
            case Server.Unix unix -> "localhost";
        };
        List<String> wanted = List.of(host, String.valueOf(server.port()), database, user);
        try {
            for (String line : TextFile.read(file).lines().toList()) {
                List<String> fields = fields(line);
                if (!line.startsWith("#") && fields.size() == FIELDS && matches(fields, wanted)) {
                    return Optional.of(fields.getLast());
                }
            }
        } catch (TargetProblem e) {
            return Optional.empty(); // the login says what is missing
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals(ANY) && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Divided by colons; a backslash takes the next character as it is. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
