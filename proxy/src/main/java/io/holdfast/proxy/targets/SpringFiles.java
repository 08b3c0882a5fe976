package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code application.properties}, {@code .yml} and those of profiles, of Spring Boot, and of Quarkus and Micronaut, which use the same files.
 * Judged is what they say with the profiles that the environment, the command or the files choose, and with {@code test} alone, which is what
 * tests choose. Profiles that nobody has chosen, such as {@code prod}, are not looked at.
 *
 * @see <a href="https://docs.spring.io/spring-boot/reference/features/external-config.html">Externalized Configuration</a>
 */
final class SpringFiles implements Source {
    @Override
    public List<Finding> find(Surroundings around) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (SpringModule module : SpringModule.of(around)) {
            try {
                for (List<String> profiles : module.choices()) {
                    for (Finding one : findings(around, module.with(profiles))) {
                        Finding first = found.putIfAbsent(one.name(), one);
                        if (first != null && !first.equals(one)) {
                            String name = one.name() + profiles;
                            found.putIfAbsent(name, one.called(name));
                        }
                    }
                }
            } catch (TargetProblem e) {
                String name = module.name();
                found.putIfAbsent(name, new Finding.Unreadable(name, e));
            }
        }
        return List.copyOf(found.values());
    }

    /** What Spring adds to an address from the environment. */
    @Override
    public Map<String, String> logins(Surroundings around) {
        Map<String, String> logins = new TreeMap<>();
        for (SpringModule module : SpringModule.of(around)) {
            try {
                for (List<String> profiles : module.choices().reversed()) { // those of the tests
                    PropertySet properties = module.with(profiles);
                    properties.entries().forEach((name, entry) -> {
                        String value = placeholders(around, properties).resolve(entry.value());
                        if (name.matches("spring\\..*\\.(?:user|username|password)") && !Gap.isIn(value)) {
                            logins.putIfAbsent(variable(name), value);
                        }
                    });
                }
            } catch (TargetProblem e) {
                // a finding elsewhere
            }
        }
        return logins;
    }

    private static List<Finding> findings(Surroundings around, PropertySet properties) {
        Placeholders placeholders = placeholders(around, properties);
        return properties.find(
                new Addresses(new Targets(around.variables())),
                placeholders::resolve,
                name -> around.variables().getOrDefault(variable(name), ""));
    }

    /** First what the environment has, by its very name or by the name of its variable, then other properties. */
    private static Placeholders placeholders(Surroundings around, PropertySet properties) {
        Map<String, String> variables = around.variables();
        return new Placeholders(
                name -> Optional.ofNullable(variables.get(name))
                        .or(() -> Optional.ofNullable(variables.get(variable(PropertySet.plain(name)))))
                        .or(() -> properties.get(name)),
                name -> around.isNamedInFiles(name) || around.isNamedInFiles(variable(PropertySet.plain(name))));
    }

    /** By which the environment sets a property: {@code SPRING_DATASOURCE_URL}. */
    static String variable(String plain) {
        return plain.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    /** Without those that are there twice. */
    static List<String> distinct(List<String> profiles) {
        Set<String> all = new LinkedHashSet<>(profiles);
        return new ArrayList<>(all);
    }
}
