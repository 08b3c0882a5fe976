package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds targets whose parts have a variable each: {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, and so with {@code POSTGRES_}, {@code
 * APP_DATABASE_} and the like. A host whose name says that it is a database's makes a target; the others complete it.
 */
final class SplitVariables {
    private static final Pattern HOST =
            Pattern.compile("(?<stem>[A-Z0-9_]+?)_?(?<word>HOST|HOSTNAME|HOST_NAME|SERVER|ADDRESS|ADDR)");

    /** A word of a name that says so; also APPDB. */
    private static final Set<String> DATABASES = Set.of(
            "DB",
            "DATABASE",
            "POSTGRES",
            "POSTGRESQL",
            "PG",
            "PGSQL",
            "PSQL",
            "PGBOUNCER",
            "RDS",
            "SQL",
            "DATASOURCE",
            "TYPEORM");

    private static final List<String> KINDS = List.of(
            "CONNECTION",
            "ADAPTER",
            "ENGINE",
            "DRIVER",
            "TYPE",
            "DIALECT",
            "CLIENT",
            "VENDOR",
            "KIND",
            "PROVIDER",
            "SCHEME",
            "PROTOCOL",
            "BACKEND",
            "DRIVER_CLASS_NAME");
    private static final List<String> PORT = List.of("PORT");
    private static final List<String> NAME = List.of("NAME", "DATABASE", "DATABASE_NAME", "DBNAME", "DB_NAME", "DB");
    private static final List<String> USER = List.of("USER", "USERNAME", "USER_NAME", "LOGIN");
    private static final List<String> PASSWORD = List.of("PASSWORD", "PASS", "PASSWD", "PWD");
    private static final List<String> SSL_MODE = List.of("SSLMODE", "SSL_MODE");

    private static final Pattern WITH_PORT = Pattern.compile("(?<host>[^:/]+|\\[[^]]+]):(?<port>[0-9]+)");
    private static final Pattern LINKED = Pattern.compile("[a-z]+://(?<rest>.*)");

    private final String prefix;
    private final Map<String, String> own;
    private final Map<String, String> all;
    private final Targets targets;

    /** @param all where the other parts may be, by their names */
    SplitVariables(String prefix, Map<String, String> own, Map<String, String> all, Targets targets) {
        this.prefix = prefix;
        this.own = own;
        this.all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.all.putAll(all);
        this.targets = targets;
    }

    List<Finding> find() {
        List<Finding> found = new ArrayList<>();
        own.forEach((name, value) -> {
            Matcher host = HOST.matcher(name.toUpperCase(Locale.ROOT));
            if (!value.isBlank() && !TargetUrl.looksLike(value) && host.matches() && isDatabases(host)) {
                found.add(read(name, host.group("stem"), value.strip()));
            }
        });
        return found;
    }

    /** Kubernetes names every service near by in variables that nobody has written; libpq's own have their place elsewhere. */
    private static boolean isDatabases(Matcher host) {
        String stem = host.group("stem");
        boolean plainHost = host.group("word").startsWith("HOST");
        String last = stem.substring(stem.lastIndexOf('_') + 1);
        return !host.group().equals("PGHOST")
                && !last.equals("SERVICE")
                && (plainHost
                        ? List.of(stem.split("_", -1)).stream().anyMatch(SplitVariables::isDatabase)
                        : isDatabase(last) && !last.equals("SQL"));
    }

    private static boolean isDatabase(String word) {
        return DATABASES.contains(word) || (word.endsWith("DB") && Product.of(word) != Product.OTHER);
    }

    private Finding read(String name, String stem, String value) {
        List<String> stems = stems(stem);
        Matcher linked = LINKED.matcher(value);
        String place = linked.matches() ? linked.group("rest") : value;
        Matcher withPort = WITH_PORT.matcher(place);
        String host = withPort.matches() ? withPort.group("host") : place;
        String port = withPort.matches()
                ? withPort.group("port")
                : part(stems, PORT).map(SplitVariables::number).orElse("");
        Optional<String> other = otherProduct(stem, stems, port);
        if (other.isPresent()) {
            return new Finding.PassedOver(prefix + name, "it is not for PostgreSQL: " + other.get());
        }
        Settings said = new Settings()
                .orElse("host", host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .orElse("port", port);
        part(stems, NAME).ifPresent(text -> said.orElse("dbname", text));
        part(stems, USER).ifPresent(text -> said.orElse("user", text));
        part(stems, PASSWORD).ifPresent(text -> said.orElse("password", text));
        part(stems, SSL_MODE).ifPresent(text -> said.orElse("sslmode", text));
        return Addresses.finding(prefix + name, () -> targets.ofParts(said));
    }

    /** Why it is another product's: what stands beside it says so, its own name does, or its port. */
    private Optional<String> otherProduct(String stem, List<String> stems, String port) {
        for (String one : stems) {
            List<String> names = new ArrayList<>(List.of(one)); // Keycloak's KC_DB=postgres
            KINDS.forEach(kind -> names.add(one + '_' + kind));
            for (String name : names) {
                String word = all.getOrDefault(name, "");
                switch (Product.of(word)) {
                    case POSTGRES -> {
                        return Optional.empty();
                    }
                    case OTHER -> {
                        return Optional.of(name + " says " + word.replaceFirst("(?s)[^A-Za-z0-9_.+-].*", ""));
                    }
                    case UNKNOWN -> {}
                }
            }
        }
        return switch (Product.of(stem)) {
            case POSTGRES -> Optional.empty();
            case OTHER -> Optional.of("its name says so");
            case UNKNOWN -> Product.isOthersPort(port) ? Optional.of("port " + port) : Optional.empty();
        };
    }

    /** {@code APP_DB_READ}, {@code APP_DB}: what a reader's host lacks is said for all. */
    private static List<String> stems(String stem) {
        List<String> stems = new ArrayList<>(List.of(stem));
        String at = stem;
        while (at.indexOf('_') > 0 && !isDatabase(at.substring(at.lastIndexOf('_') + 1))) {
            at = at.substring(0, at.lastIndexOf('_'));
            stems.add(at);
        }
        return stems;
    }

    private Optional<String> part(List<String> stems, List<String> parts) {
        for (String stem : stems) {
            for (String part : parts) {
                for (String name : List.of(stem + '_' + part, stem + part)) {
                    String value = all.getOrDefault(name, "").strip();
                    if (!value.isEmpty()) {
                        return Optional.of(value);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Beside a container's service, {@code DB_PORT} may be {@code tcp://10.96.0.3:5432}. */
    private static String number(String port) {
        return port.replaceFirst("^tcp://.*:", "");
    }
}
