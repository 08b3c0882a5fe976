package io.holdfast.proxy.targets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code flyway.toml} and what goes before it, {@code flyway.user.toml}: the environment that is chosen, and {@code test}.
 *
 * @see <a href="https://documentation.red-gate.com/fd/flyway-environments-277578880.html">Flyway Environments</a>
 */
final class FlywayToml implements Source {
    private static final List<String> NAMES =
            List.of("flyway.toml", "flyway.user.toml", "conf/flyway.toml", "conf/flyway.user.toml");

    @Override
    public List<Finding> find(Surroundings around) {
        List<Finding> found = new ArrayList<>();
        for (Path file : around.present(NAMES)) {
            try {
                found.addAll(read(around, file));
            } catch (TargetProblem e) {
                found.add(new Finding.Unreadable(around.name(file), e));
            }
        }
        return found;
    }

    private static List<Finding> read(Surroundings around, Path file) throws TargetProblem {
        JsonNode root;
        try {
            root = new TomlMapper().readTree(TextFile.read(file));
        } catch (JsonProcessingException e) {
            throw new TargetProblem("it is no valid TOML, line "
                    + Optional.ofNullable(e.getLocation())
                            .map(at -> at.getLineNr())
                            .orElse(0));
        }
        Map<String, String> variables = around.variables();
        String chosen = around.firstOf("FLYWAY_ENVIRONMENT")
                .orElse(root.path("flyway").path("environment").asText("default"));
        PropertySet properties = new PropertySet();
        for (String environment : SpringFiles.distinct(List.of(chosen, "test"))) {
            Map<String, String> values = new LinkedHashMap<>();
            root.path("environments")
                    .path(environment)
                    .properties()
                    .forEach(
                            entry -> values.put(entry.getKey(), entry.getValue().asText("")));
            values.forEach((name, value) -> {
                String full = "environments." + environment + '.' + name;
                properties.put(
                        "database." + full,
                        new PropertySet.Entry(around.name(file) + ':' + full, value.replace("${env.", "${")));
            });
        }
        return properties.find(
                new Addresses(new Targets(variables)),
                new Placeholders(name -> Optional.ofNullable(variables.get(name)), around::isNamedInFiles)::resolve,
                name -> name.endsWith(".url") ? variables.getOrDefault("FLYWAY_URL", "") : "");
    }
}
