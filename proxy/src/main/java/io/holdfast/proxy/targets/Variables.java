package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds targets among variables, of the environment or of a file. */
final class Variables {
    private final String prefix;
    private final Map<String, String> own;
    private final Map<String, String> all;
    private final Map<String, String> logins;
    private final Targets targets;
    private final Addresses addresses;

    /**
     * Variables to look through.
     *
     * @param prefix of the findings' names: empty, or {@code .env:}
     * @param own what is looked through
     * @param around what else the command would see; own ones win
     * @param logins and other parts of addresses that may come from elsewhere; all others win
     */
    Variables(String prefix, Map<String, String> own, Map<String, String> around, Map<String, String> logins) {
        this.prefix = prefix;
        this.own = new TreeMap<>(own);
        this.all = new TreeMap<>(around);
        this.all.putAll(own);
        this.logins = new TreeMap<>(logins);
        this.logins.putAll(all);
        this.targets = new Targets(all);
        this.addresses = new Addresses(targets);
    }

    /** Addresses in the order of their names, then hosts, {@code PG*} last. */
    List<Finding> find() {
        List<Finding> found = new ArrayList<>();
        own.forEach((name, value) -> addresses
                .read(prefix + name, value, isNamed(name), said -> withLogin(name, said))
                .ifPresent(found::add));
        found.addAll(new SplitVariables(prefix, own, logins, targets).find());
        PgVariables.name(own)
                .ifPresent(name -> found.add(Addresses.finding(prefix + name, () -> targets.ofLibpq(new Settings()))));
        return found;
    }

    /** Whether a name alone says that there should be an address. */
    private static boolean isNamed(String name) {
        return name.equals("DATABASE_URL")
                || name.endsWith("_DATABASE_URL")
                || name.equals("DB_URL")
                || name.endsWith("_DB_URL")
                || name.endsWith("_DSN");
    }

    /** What stands beside the address: SPRING_DATASOURCE_USERNAME, FLYWAY_USER, and their passwords. */
    private Settings withLogin(String name, Settings said) {
        String stem = name.replaceFirst("(?:_JDBC)?_UR[LI]$", "");
        if (!stem.equals(name)) {
            said.orElse("user", logins.getOrDefault(stem + "_USERNAME", logins.getOrDefault(stem + "_USER", "")));
            said.orElse("password", logins.getOrDefault(stem + "_PASSWORD", ""));
        }
        return said;
    }
}
