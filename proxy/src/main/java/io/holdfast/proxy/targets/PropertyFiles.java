package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of properties that have no profiles: those of Flyway, Liquibase and Hibernate, where these look by themselves. */
final class PropertyFiles implements Source {
    private static final List<String> NAMES = List.of(
            "flyway.conf",
            "conf/flyway.conf",
            "liquibase.properties",
            "src/test/resources/liquibase.properties",
            "src/main/resources/liquibase.properties",
            "src/test/resources/hibernate.properties",
            "src/main/resources/hibernate.properties");

    @Override
    public List<Finding> find(Surroundings around) {
        List<Finding> found = new ArrayList<>();
        for (Path file : around.present(NAMES)) {
            found.addAll(read(around, file));
        }
        return found;
    }

    private static List<Finding> read(Surroundings around, Path file) {
        Map<String, String> variables = around.variables();
        PropertySet properties = new PropertySet();
        try {
            for (Map<String, String> document : PropertyDocuments.read(file)) {
                document.forEach((name, value) ->
                        properties.put(name, new PropertySet.Entry(around.name(file) + ':' + name, value)));
            }
        } catch (TargetProblem e) {
            return List.of(new Finding.Unreadable(around.name(file), e));
        }
        Placeholders placeholders =
                new Placeholders(name -> Optional.ofNullable(variables.get(name)), around::isNamedInFiles);
        return properties.find(
                new Addresses(new Targets(variables)),
                file.toString().endsWith("flyway.conf")
                        ? value -> flyways(placeholders.resolve(value))
                        : placeholders::resolve,
                name -> variables.getOrDefault(SpringFiles.variable(name), ""));
    }

    /** A variable that is not set is empty to Flyway, so an address with another part missing still leads somewhere. */
    private static String flyways(String resolved) {
        return TargetUrl.looksLike(resolved) ? Gap.emptied(resolved) : resolved;
    }
}
