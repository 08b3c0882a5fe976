package io.holdfast.proxy.targets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code postgres://}, {@code postgresql://}, {@code jdbc:postgresql:} and what frameworks make of them ({@code
 * postgresql+psycopg2://}, {@code r2dbc:pool:postgresql://}, {@code postgis://}). Several hosts, IPv6, Unix sockets, percent-encoding. Pure.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">Connection Strings</a>
 * @see <a href="https://jdbc.postgresql.org/documentation/use/#connecting-to-the-database">Connecting to the Database</a>
 */
final class TargetUrl {
    private static final Pattern SCHEME = Pattern.compile(
            "(?<driver>(?:jdbc|r2dbc):(?:(?!postg)[a-z0-9_-]+:)*+)?"
                    + "(?:(?:postgres|postgresql|postgis)(?:\\+[a-z0-9_]+)?:|(?:pgsql|pdo[-_]pgsql|pg|psql|ecto|cockroachdb):(?=//))"
                    + "(?<rest>.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Of a driver that starts a container of its own instead of connecting to what is written there. */
    private static final String TESTCONTAINERS = "tc:";

    private final Settings settings = new Settings();
    private final boolean jdbc;

    private TargetUrl(boolean jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a value is the address of a PostgreSQL database. */
    static boolean looksLike(String value) {
        return SCHEME.matcher(value.strip()).matches();
    }

    /** Whether it is one for certain, whatever it is called: {@code postgres:18} is an image. */
    static boolean isAddress(String value) {
        Matcher scheme = SCHEME.matcher(value.strip());
        return scheme.matches()
                && (scheme.group("driver") != null
                        || scheme.group("rest").startsWith("//")
                        || (scheme.group("rest").contains("@")
                                && !scheme.group("rest").contains("@sha256:")));
    }

    /** Whether Testcontainers will start that database. */
    static boolean isOwnContainer(String value) {
        Matcher scheme = SCHEME.matcher(value.strip());
        return scheme.matches()
                && scheme.group("driver") != null
                && scheme.group("driver").contains(TESTCONTAINERS);
    }

    /** Whether drivers of the JVM read it, to which libpq's variables mean nothing. */
    static boolean isJdbc(String value) {
        Matcher scheme = SCHEME.matcher(value.strip());
        return scheme.matches() && scheme.group("driver") != null;
    }

    /**
     * What it says.
     *
     * @throws TargetProblem if it cannot be understood
     */
    static Settings read(String value) throws TargetProblem {
        Matcher scheme = SCHEME.matcher(value.strip());
        if (!scheme.matches()) {
            throw new TargetProblem("it is no address of a PostgreSQL database");
        }
        TargetUrl url = new TargetUrl(scheme.group("driver") != null);
        try {
            url.rest(scheme.group("rest"));
        } catch (IllegalArgumentException e) {
            throw new TargetProblem("a percent sign in it is not followed by two hexadecimal digits");
        }
        return url.settings;
    }

    private void rest(String rest) throws TargetProblem {
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        if (question >= 0) {
            parameters(rest.substring(question + 1));
        }
        if (place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            if (slash >= 0
                    && place.indexOf('@', slash) >= 0) { // else a part of the password would be shown as something else
                throw new TargetProblem("it has a / before an @; in a password, write %2F and %40");
            }
            authority(slash < 0 ? place.substring(2) : place.substring(2, slash));
            settings.orElse("dbname", slash < 0 ? "" : decoded(place.substring(slash + 1)));
        } else if (jdbc) {
            settings.orElse("dbname", decoded(place)); // jdbc:postgresql:shop
        } else {
            throw new TargetProblem("it has no // behind its scheme");
        }
    }

    /** Parameters win over what stands before them, as in libpq. */
    private void parameters(String text) {
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = decoded(parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
                settings.orElse(
                        name.equals("databasename") ? "dbname" : name, decoded(parameter.substring(equals + 1)));
            }
        }
    }

    private void authority(String text) throws TargetProblem {
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            String login = text.substring(0, at);
            int colon = login.indexOf(':');
            settings.orElse("user", decoded(colon < 0 ? login : login.substring(0, colon)));
            settings.orElse("password", colon < 0 ? "" : decoded(login.substring(colon + 1)));
        }
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String one : text.substring(at + 1).split(",", -1)) {
            int colon = one.startsWith("[") ? one.indexOf(':', closing(one)) : one.indexOf(':');
            String host = colon < 0 ? one : one.substring(0, colon);
            hosts.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : decoded(host));
            ports.add(colon < 0 ? "" : one.substring(colon + 1));
        }
        if (hosts.stream().anyMatch(host -> !host.isEmpty())) {
            settings.orElse("host", String.join(",", hosts));
        }
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            settings.orElse("port", String.join(",", ports));
        }
    }

    private static int closing(String host) throws TargetProblem {
        int bracket = host.indexOf(']');
        if (bracket < 0 || (bracket + 1 < host.length() && host.charAt(bracket + 1) != ':')) {
            throw new TargetProblem("a bracket around an address in it is not closed");
        }
        return bracket;
    }

    /** A plus sign is one, other than in forms. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
