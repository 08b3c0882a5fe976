package io.holdfast.proxy.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code pg_service.conf}. @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">The Connection Service File</a> */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * Looks a service up.
     *
     * @param files in this order; those that are not there are passed over
     * @throws TargetProblem if none has it, or one cannot be read, or takes it from LDAP
     */
    static Settings find(String service, List<Path> files) throws TargetProblem {
        for (Path file : files) {
            if (Files.exists(file)) {
                Settings found = read(service, file);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        throw new TargetProblem("service \"" + service + "\" is in none of " + files, true); // libpq stops there, too
    }

    private static Settings read(String service, Path file) throws TargetProblem {
        Settings settings = new Settings();
        boolean inside = false;
        for (String raw : lines(file)) {
            String line = raw.strip();
            if (line.startsWith("[")) {
                inside = line.equals('[' + service + ']');
            } else if (inside && line.startsWith("ldap:")) {
                throw new TargetProblem("service \"" + service + "\" is kept in LDAP, which is not asked");
            } else if (inside && !line.startsWith("#") && line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                settings.orElse(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return settings;
    }

    private static List<String> lines(Path file) throws TargetProblem {
        try {
            return TextFile.read(file).lines().toList();
        } catch (TargetProblem e) {
            throw new TargetProblem(file + " cannot be read: " + e.getMessage());
        }
    }
}
