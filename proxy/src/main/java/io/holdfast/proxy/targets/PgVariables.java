package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libpq's environment variables. @see <a href="https://www.postgresql.org/docs/current/libpq-envars.html">Environment Variables</a> */
public final class PgVariables {
    /** Those that name a database, the one that says most first. */
    static final List<String> NAMING = List.of("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE", "PGPORT");

    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("PGHOST", "host");
        SETTINGS.put("PGHOSTADDR", "hostaddr");
        SETTINGS.put("PGPORT", "port");
        SETTINGS.put("PGDATABASE", "dbname");
        SETTINGS.put("PGUSER", "user");
        SETTINGS.put("PGPASSWORD", "password");
        SETTINGS.put("PGPASSFILE", "passfile");
        SETTINGS.put("PGSERVICE", "service");
        SETTINGS.put("PGSSLMODE", "sslmode");
        SETTINGS.put("PGSSLROOTCERT", "sslrootcert");
    }

    private PgVariables() {}

    /** The variable that the target goes by; empty: they name none. */
    static Optional<String> name(Map<String, String> environment) {
        return NAMING.stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst();
    }

    static Settings read(Map<String, String> environment) {
        Settings settings = new Settings();
        SETTINGS.forEach((variable, name) -> settings.orElse(name, environment.getOrDefault(variable, "")));
        return settings;
    }

    /** Where {@code pg_service.conf} may be, the first that has the service counts. */
    static List<Path> serviceFiles(Map<String, String> environment) {
        String own = environment.getOrDefault("PGSERVICEFILE", "");
        Path first = own.isEmpty() ? home(environment).resolve(".pg_service.conf") : Path.of(own);
        String folder = environment.getOrDefault("PGSYSCONFDIR", "");
        return folder.isEmpty()
                ? List.of(first, Path.of("/etc/postgresql-common/pg_service.conf"), Path.of("/etc/pg_service.conf"))
                : List.of(first, Path.of(folder).resolve("pg_service.conf"));
    }

    /** {@code HOME}, or what the JVM takes for it. */
    public static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
    }
}
