package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that a command is called with: {@code psql postgres://...}, {@code flyway -url=jdbc:postgresql:... -user=ana}, {@code
 * -Dspring.datasource.url=...}.
 */
final class Arguments {
    private static final Pattern NAMED =
            Pattern.compile("(?s)(?<dashes>-D|-{0,2})(?<key>[A-Za-z][\\w.-]*)=(?<value>.*)");
    private static final Pattern ADDRESS = Pattern.compile("ur[li]$", Pattern.CASE_INSENSITIVE);

    private final Surroundings around;
    private final Map<String, String> logins;
    private final Map<String, String> named = new LinkedHashMap<>();

    /** @param logins that files add, by the variables that would say them */
    Arguments(Surroundings around, Map<String, String> logins) {
        this.around = around;
        this.logins = logins;
        around.command().stream()
                .map(NAMED::matcher)
                .filter(Matcher::matches)
                .forEach(argument -> named.put(PropertySet.plain(argument.group("key")), argument.group("value")));
    }

    List<Finding> find() {
        List<Finding> found = new ArrayList<>();
        Addresses addresses = new Addresses(new Targets(around.variables()));
        for (int i = 1; i < around.command().size(); i++) {
            String argument = around.command().get(i);
            Matcher matcher = NAMED.matcher(argument);
            boolean whole = TargetUrl.looksLike(argument) || !matcher.matches();
            String key = whole ? "" : matcher.group("key");
            addresses
                    .read(
                            "argument " + i + (whole ? "" : ':' + matcher.group("dashes") + key),
                            whole ? argument : matcher.group("value"),
                            false,
                            said -> complete(said, PropertySet.plain(key)))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** The login in another argument, or in files. */
    private Settings complete(Settings said, String key) {
        for (String name : List.of("username", "user", "password")) {
            String beside = ADDRESS.matcher(key).replaceFirst(name);
            if (!beside.equals(key)) {
                String setting = name.equals("username") ? "user" : name;
                said.orElse(setting, named.getOrDefault(beside, ""));
                said.orElse(setting, logins.getOrDefault(SpringFiles.variable(beside), ""));
            }
        }
        return said;
    }
}
