package io.holdfast.proxy.targets;

import java.nio.file.Path;
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
 * {@code config/database.yml} of Rails and of what does as Rails does, here or in the nearest folder above. Judged are the environment that
 * {@code RAILS_ENV} says, or {@code development}, and {@code test}; every project names its production there, too.
 *
 * @see <a href="https://guides.rubyonrails.org/configuring.html#configuring-a-database">Configuring a Database</a>
 */
final class RailsFile implements Source {
    private static final String TEST = "test";

    @Override
    public List<Finding> find(Surroundings around) {
        Optional<Path> file = file(around);
        if (file.isEmpty()) {
            return List.of();
        }
        Set<Finding> found = new LinkedHashSet<>(); // a problem of the whole file is one
        for (String environment : environments(around)) {
            try {
                configurations(around, file.get(), environment)
                        .forEach((name, fields) -> finding(
                                        around, around.name(file.get()) + ':' + environment, name, fields)
                                .ifPresent(found::add));
            } catch (TargetProblem e) {
                found.add(new Finding.Unreadable(around.name(file.get()), e));
            }
        }
        return List.copyOf(found);
    }

    /** {@code DATABASE_URL} takes from the file what it does not say itself. */
    @Override
    public Map<String, String> logins(Surroundings around) {
        Map<String, String> logins = new TreeMap<>();
        Optional<Path> file = file(around);
        for (String environment :
                file.isEmpty() ? List.<String>of() : environments(around).reversed()) {
            try {
                configurations(around, file.orElseThrow(), environment).forEach((name, fields) -> {
                    Settings said = fields.settings();
                    String stem = variable(name).replaceFirst("_URL$", "");
                    said.get("user").ifPresent(user -> logins.putIfAbsent(stem + "_USERNAME", user));
                    said.get("password").ifPresent(password -> logins.putIfAbsent(stem + "_PASSWORD", password));
                });
            } catch (TargetProblem e) {
                return Map.of(); // a finding
            }
        }
        return logins;
    }

    private static Optional<Path> file(Surroundings around) {
        return around.upwards().stream()
                .map(folder -> folder.resolve("config/database.yml"))
                .filter(Surroundings::isThere)
                .findFirst();
    }

    /** {@code test} last. */
    private static List<String> environments(Surroundings around) {
        String current = around.firstOf("RAILS_ENV", "RACK_ENV").orElse("development");
        return current.equals(TEST) ? List.of(TEST) : List.of(current, TEST);
    }

    /** Those of one environment by their names; a single one is {@code primary}. */
    private static Map<String, ConnectionFields> configurations(Surroundings around, Path file, String environment)
            throws TargetProblem {
        Map<String, String> variables = around.variables();
        String yaml = Erb.expanded(TextFile.read(file), name -> Optional.ofNullable(variables.get(name)), environment);
        List<Object> documents = Yaml.documents(yaml, Yaml.Merge.REPLACES);
        if (documents.isEmpty() || "".equals(documents.getFirst())) {
            return Map.of();
        }
        if (!(documents.getFirst() instanceof Map<?, ?> all)) {
            throw new TargetProblem("it is no mapping of environments");
        }
        Map<String, ConnectionFields> found = new LinkedHashMap<>();
        switch (all.get(environment)) {
            case String url -> found.put("primary", fields(Map.of("url", url), Map.of()));
            case Map<?, ?> one -> {
                Map<?, ?> shared = all.get("shared") instanceof Map<?, ?> map ? map : Map.of();
                if (one.values().stream().allMatch(Map.class::isInstance)) {
                    one.forEach((name, value) -> found.put(
                            String.valueOf(name),
                            fields(
                                    value instanceof Map<?, ?> map ? map : Map.of(),
                                    shared.get(name) instanceof Map<?, ?> map ? map : shared)));
                } else {
                    found.put("primary", fields(one, shared));
                }
            }
            case null, default -> {} // no such environment
        }
        return found;
    }

    private static ConnectionFields fields(Map<?, ?> own, Map<?, ?> shared) {
        Map<Object, Object> all = new LinkedHashMap<>(shared);
        all.putAll(own);
        return new ConnectionFields(all);
    }

    private static String variable(String configuration) {
        return configuration.equals("primary")
                ? "DATABASE_URL"
                : configuration.toUpperCase(Locale.ROOT) + "_DATABASE_URL";
    }

    private static Optional<Finding> finding(
            Surroundings around, String prefix, String configuration, ConnectionFields fields) {
        String name = configuration.equals("primary") ? prefix : prefix + '.' + configuration;
        Map<String, String> variables = around.variables();
        String fromVariable =
                variables.getOrDefault(variable(configuration), "").strip();
        String fromFile = fields.get("url").orElse("");
        if (fromVariable.isEmpty() && Gap.isIn(fromFile)) {
            return Gap.finding(name, fromFile);
        }
        List<String> urls = new ArrayList<>();
        for (String url : List.of(fromVariable, fromFile)) {
            if (!url.isEmpty() && !Gap.isIn(url)) {
                urls.add(url);
            }
        }
        String kind = urls.isEmpty() ? fields.kind().orElse("") : urls.getFirst();
        if (urls.isEmpty() && Gap.isIn(kind)) {
            return Gap.finding(name, kind);
        }
        boolean postgres = urls.isEmpty() ? Product.of(kind) == Product.POSTGRES : TargetUrl.looksLike(kind);
        if (!postgres) {
            return Optional.of(other(name, kind, urls.isEmpty()));
        }
        Settings said = new Settings();
        try {
            for (String url : urls) {
                said.orElse(TargetUrl.read(url));
                if (url.equals(fromVariable)
                        && said.get("host").or(() -> said.get("hostaddr")).isPresent()) {
                    return Optional.empty(); // found as that variable
                }
            }
        } catch (TargetProblem e) {
            return Optional.of(new Finding.Unreadable(name, e));
        }
        if (fields.gap().isPresent()) {
            return Gap.finding(name, fields.gap().orElseThrow());
        }
        Settings all = said.orElse(fields.settings());
        return Optional.of(Addresses.finding(name, () -> new Targets(variables).ofLibpq(all)));
    }

    private static Finding other(String name, String kind, boolean isAdapter) {
        if (kind.isEmpty()) {
            return Finding.Unreadable.leadingNowhere(name, "it has neither adapter nor url"); // Rails stops there, too
        }
        String word = isAdapter || kind.indexOf(':') < 0 ? kind : kind.substring(0, kind.indexOf(':'));
        return Product.of(word) == Product.OTHER
                ? new Finding.PassedOver(name, "it is not for PostgreSQL")
                : new Finding.Unreadable(name, "its adapter is not known, so it cannot be asked what it is");
    }
}
