package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * JSON files of Node's libraries: TypeORM's {@code ormconfig.json}; and Sequelize's {@code config/config.json}, {@code knexfile.json} and
 * db-migrate's {@code database.json}, which have environments. Those of {@code NODE_ENV}, or {@code development}, and of {@code test} are judged.
 */
final class NodeFiles implements Source {
    private static final List<String> WITH_ENVIRONMENTS =
            List.of("config/config.json", "knexfile.json", "database.json");

    @Override
    public List<Finding> find(Surroundings around) {
        List<Finding> found = new ArrayList<>();
        for (Path file : around.present(List.of("ormconfig.json"))) {
            for (Map.Entry<String, Object> one : entries(around, file, found).entrySet()) {
                add(around, around.name(file) + one.getKey(), one.getValue(), found);
            }
        }
        List<String> environments =
                SpringFiles.distinct(List.of(around.firstOf("NODE_ENV").orElse("development"), "test"));
        for (Path file : around.present(WITH_ENVIRONMENTS)) {
            Map<String, Object> all = entries(around, file, found);
            for (String environment : environments) {
                if (all.get("") instanceof Map<?, ?> map && map.get(environment) != null) {
                    add(around, around.name(file) + ':' + environment, map.get(environment), found);
                }
            }
        }
        return found;
    }

    /** The file's one document, or several in a list, by what is added to the file's name. */
    private static Map<String, Object> entries(Surroundings around, Path file, List<Finding> found) {
        Map<String, Object> entries = new LinkedHashMap<>();
        try {
            List<Object> documents = Yaml.documents(TextFile.read(file), Yaml.Merge.ADDS);
            if (!documents.isEmpty() && documents.getFirst() instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    entries.put(":" + i, list.get(i));
                }
            } else if (!documents.isEmpty()) {
                entries.put("", documents.getFirst());
            }
        } catch (TargetProblem e) {
            found.add(new Finding.Unreadable(around.name(file), e.getMessage().replace("valid YAML", "valid JSON")));
        }
        return entries;
    }

    private static void add(Surroundings around, String name, Object connection, List<Finding> found) {
        Map<String, String> variables = around.variables();
        if (connection instanceof String url) {
            address(variables, name, url).ifPresent(found::add);
        } else if (connection instanceof Map<?, ?> map) {
            finding(around, name, map).ifPresent(found::add);
        }
    }

    private static Optional<Finding> finding(Surroundings around, String name, Map<?, ?> map) {
        Map<String, String> variables = around.variables();
        Function<String, Optional<String>> lookup = variable -> Optional.ofNullable(variables.get(variable));
        Map<Object, Object> flat = new LinkedHashMap<>(map);
        switch (map.get("connection")) { // Knex'
            case Map<?, ?> inner -> flat.putAll(inner);
            case String url -> flat.put("url", url);
            case null, default -> {}
        }
        ConnectionFields fields = new ConnectionFields(flat, lookup, around::isNamedInFiles);
        Optional<String> variable = fields.get("use_env_variable"); // Sequelize's; found as that variable
        Optional<String> url = fields.get("url").or(() -> fields.get("connectionstring"));
        if (variable.isPresent()) {
            return variables.getOrDefault(variable.get(), "").isEmpty()
                    ? Gap.finding(name, Gap.unset(variable.get()))
                    : address(variables, name, variables.getOrDefault(variable.get(), ""))
                            .filter(found -> !(found instanceof Finding.Database));
        }
        if (url.isPresent()) {
            return address(variables, name, url.get());
        }
        String kind = fields.kind().orElse("");
        return switch (Product.of(kind)) {
            case OTHER -> Optional.of(new Finding.PassedOver(name, "it is for " + kind + ", not for PostgreSQL"));
            case UNKNOWN -> Optional.empty(); // no connection at all: the file is something else's
            case POSTGRES ->
                fields.gap()
                        .flatMap(gap -> Gap.finding(name, gap))
                        .or(() -> Optional.of(
                                Addresses.finding(name, () -> new Targets(variables).ofParts(fields.settings()))));
        };
    }

    private static Optional<Finding> address(Map<String, String> variables, String name, String value) {
        return new Addresses(new Targets(variables)).read(name, value, true, said -> said);
    }
}
