package io.holdfast.proxy.targets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A connection as files of Ruby and JavaScript write it: {@code adapter}, {@code host}, {@code database} and so on, by many names. */
final class ConnectionFields {
    private static final List<String> KINDS = List.of("adapter", "dialect", "client", "driver", "type");

    /** Many names, one setting. */
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("host", "host");
        SETTINGS.put("hostname", "host");
        SETTINGS.put("hostaddr", "hostaddr");
        SETTINGS.put("port", "port");
        SETTINGS.put("database", "dbname");
        SETTINGS.put("dbname", "dbname");
        SETTINGS.put("username", "user");
        SETTINGS.put("user", "user");
        SETTINGS.put("password", "password");
        SETTINGS.put("passfile", "passfile");
        SETTINGS.put("service", "service");
        SETTINGS.put("sslmode", "sslmode");
        SETTINGS.put("sslrootcert", "sslrootcert");
    }

    private final Map<String, String> fields = new LinkedHashMap<>();

    /** Those of a file that has no references to variables of its own. */
    ConnectionFields(Map<?, ?> map) {
        this(map, name -> Optional.empty(), name -> false);
    }

    /**
     * With {@code {"ENV": "NAME"}} for a variable. One that only files have which are not loaded is left out, like any field that has no value,
     * but for the address: a driver goes on with its default then.
     *
     * @param variables that are set
     * @param named whether files have such a variable
     */
    ConnectionFields(Map<?, ?> map, Function<String, Optional<String>> variables, Predicate<String> named) {
        map.forEach((key, value) -> {
            String name = String.valueOf(key).toLowerCase(Locale.ROOT);
            if (value instanceof String text) {
                fields.put(name, text);
            } else if (value instanceof Map<?, ?> one && one.get("ENV") instanceof String variable) {
                String text = variables.apply(variable).orElseGet(() -> Gap.unset(variable));
                if (!Gap.isIn(text) || !SETTINGS.containsKey(name) || !named.test(variable)) {
                    fields.put(name, text);
                }
            }
        });
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
    }

    /** The word that says whose database it is; empty: none does. */
    Optional<String> kind() {
        return KINDS.stream().flatMap(name -> get(name).stream()).findFirst();
    }

    /** What names the target, and cannot be known; empty: all of it can. A login that is not known is left out: the server will say. */
    Optional<String> gap() {
        return SETTINGS.entrySet().stream()
                .filter(entry ->
                        !entry.getValue().equals("user") && !entry.getValue().equals("password"))
                .flatMap(entry -> get(entry.getKey()).stream())
                .filter(Gap::isIn)
                .findFirst();
    }

    Settings settings() {
        Settings settings = new Settings();
        SETTINGS.forEach((name, setting) -> get(name).ifPresent(text -> {
            if (!Gap.isIn(text)) {
                settings.orElse(setting, text);
            } else if (Gap.isCodeIn(text)) {
                settings.hideLogin();
            }
        }));
        return settings.get("password").isEmpty() ? settings.lackPassword() : settings;
    }
}
