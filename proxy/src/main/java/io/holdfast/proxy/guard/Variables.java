package io.holdfast.proxy.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds targets among variables, of the environment or of a file. */
final class Variables {
    private final String prefix;
    private final Map<String, String> own;
    private final Map<String, String> all;
    private final Targets targets;

    /**
     * Variables to look through.
     *
     * @param prefix of the findings' names: empty, or {@code .env:}
     * @param own what is looked through
     * @param around what else the command would see; own ones win
     */
    Variables(String prefix, Map<String, String> own, Map<String, String> around) {
        this.prefix = prefix;
        this.own = new TreeMap<>(own);
        this.all = new TreeMap<>(around);
        this.all.putAll(own);
        this.targets = new Targets(all);
    }

    /** In the order of their names, {@code PG*} last. */
    List<Finding> find() {
        List<Finding> found = new ArrayList<>();
        own.forEach((name, value) -> ofVariable(name, value).ifPresent(found::add));
        PgVariables.name(own).ifPresent(name -> found.add(finding(name, () -> targets.ofLibpq(new Settings()))));
        return found;
    }

    private Optional<Finding> ofVariable(String name, String value) {
        if (TargetUrl.isOwnContainer(value)) {
            return Optional.empty(); // Testcontainers starts it
        }
        if (TargetUrl.looksLike(value)) {
            return Optional.of(finding(name, () -> {
                Settings said = withLogin(name, TargetUrl.read(value));
                return TargetUrl.isJdbc(value) ? targets.ofJdbc(said) : targets.ofLibpq(said);
            }));
        }
        boolean isNamed = name.equals("DATABASE_URL") || name.endsWith("_DATABASE_URL") || name.endsWith("_DSN");
        if (isNamed && Dsn.looksLike(value)) {
            return Optional.of(finding(name, () -> targets.ofLibpq(withLogin(name, Dsn.read(value)))));
        }
        if (isNamed && value.toLowerCase(Locale.ROOT).contains("postgres:")) { // prisma+postgres: and what comes next
            return Optional.of(Finding.problem(
                    prefix + name, new TargetProblem("its scheme is not known, so it cannot be asked what it is")));
        }
        return Optional.empty();
    }

    /** What stands beside the address: SPRING_DATASOURCE_USERNAME, FLYWAY_USER, and their passwords. */
    private Settings withLogin(String name, Settings said) {
        String stem = name.replaceFirst("(?:_JDBC)?_UR[LI]$", "");
        if (!stem.equals(name)) {
            said.orElse("user", all.getOrDefault(stem + "_USERNAME", all.getOrDefault(stem + "_USER", "")));
            said.orElse("password", all.getOrDefault(stem + "_PASSWORD", ""));
        }
        return said;
    }

    private interface Reading {
        Target read() throws TargetProblem;
    }

    private Finding finding(String name, Reading reading) {
        try {
            return Finding.of(prefix + name, reading.read());
        } catch (TargetProblem e) {
            return Finding.problem(prefix + name, e);
        }
    }
}
