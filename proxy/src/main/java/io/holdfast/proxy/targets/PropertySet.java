package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Properties by dotted names, such as {@code spring.datasource.url}, in which every value that is an address of a PostgreSQL database is a
 * target, whatever its name. Case, dashes and underscores in names do not count.
 */
final class PropertySet {
    private static final Pattern ADDRESS = Pattern.compile("(?:.*\\.)?(?:jdbc)?ur[li]");
    private static final Pattern DATABASE =
            Pattern.compile(".*(?:datasource|r2dbc|flyway|liquibase|jdbc|database|sqlalchemy|(?:^|\\.)db\\b).*");
    private static final Pattern FILTERED = Pattern.compile("@[A-Za-z][A-Za-z0-9._-]*@");
    private static final String BY_DEFAULT = "spring.datasource";

    /**
     * One property.
     *
     * @param name as written, with its file
     */
    record Entry(String name, String value) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Names of one property that are written differently are the same. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Replaces what has this name. */
    void put(String name, Entry entry) {
        entries.put(plain(name), entry);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(entries.get(plain(name))).map(Entry::value);
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /**
     * The targets.
     *
     * @param resolve replaces placeholders in a value
     * @param overridden the value that a property of this plain name has from elsewhere, where it is found by itself; or empty
     */
    List<Finding> find(Addresses addresses, UnaryOperator<String> resolve, UnaryOperator<String> overridden) {
        List<Finding> found = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (overridden.apply(name).isEmpty()) {
                boolean named = ADDRESS.matcher(name).matches()
                        && DATABASE.matcher(name).matches();
                addresses
                        .read(
                                entry.name(),
                                resolve.apply(filtered(entry.value())),
                                named,
                                said -> complete(said, name, resolve, overridden))
                        .ifPresent(found::add);
            }
        });
        return found;
    }

    /** {@code @name@} is what a build fills in. */
    static String filtered(String value) {
        return FILTERED.matcher(value).find() ? Gap.code() : value;
    }

    /** The login beside the address, or beside what it belongs to. */
    private Settings complete(
            Settings said, String address, UnaryOperator<String> resolve, UnaryOperator<String> overridden) {
        for (String stem : stems(address)) {
            for (String name : List.of("username", "user")) {
                login(said, "user", value(stem + name, resolve, overridden));
            }
            login(said, "password", value(stem + "password", resolve, overridden));
        }
        return said;
    }

    private static void login(Settings said, String setting, Optional<String> value) {
        String text = value.orElse("");
        if (Gap.isCodeIn(text) || Addresses.isEncrypted(text)) {
            said.hideLogin();
        } else if (!Gap.isIn(text)) {
            said.orElse(setting, text);
        } else if (setting.equals("password")) {
            said.lackPassword();
        }
    }

    private Optional<String> value(String name, UnaryOperator<String> resolve, UnaryOperator<String> overridden) {
        String other = overridden.apply(name);
        return other.isEmpty() ? get(name).map(PropertySet::filtered).map(resolve) : Optional.of(other);
    }

    private static List<String> stems(String address) {
        List<String> stems = new ArrayList<>();
        for (int dot = address.lastIndexOf('.'); dot > 0 && stems.size() < 3; dot = address.lastIndexOf('.', dot - 1)) {
            stems.add(address.substring(0, dot + 1));
        }
        if (stems.isEmpty()) {
            stems.add(""); // url, username and password by themselves
        }
        if (address.startsWith("spring.")) {
            stems.add(BY_DEFAULT + '.');
        }
        return stems;
    }
}
