package io.holdfast.proxy.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configuration of one module of a build, in the order in which Spring Boot reads it when tests run. */
final class SpringModule {
    static final String TEST = "test";

    private static final List<String> BUILDS =
            List.of("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");
    private static final int DEEPEST = 2;
    private static final int MOST_MODULES = 200;

    /** Of the class path; a file of tests hides one of the same name that is not. */
    private static final List<String> RESOURCES = List.of("src/test/resources", "src/main/resources");

    /** Later ones win. */
    private static final List<String> KINDS = List.of(".yaml", ".yml", ".properties");

    /** Quarkus': {@code %test.quarkus.datasource.jdbc.url}. */
    private static final Pattern PREFIXED = Pattern.compile("%\\{?([\\w,-]+)}?\\.(.+)");

    private static final Pattern CHOSEN =
            Pattern.compile("(?:-D|--)(?:spring\\.profiles\\.active|quarkus\\.profile)=(.+)");

    private final Surroundings around;
    private final Path folder;
    private final Map<String, List<Path>> known = new HashMap<>();
    private final Map<Path, List<Map<String, String>>> read = new HashMap<>();

    private SpringModule(Surroundings around, Path folder) {
        this.around = around;
        this.folder = folder;
    }

    /** This folder, and where it has a build, the modules below it. */
    static List<SpringModule> of(Surroundings around) {
        List<SpringModule> modules = new ArrayList<>();
        add(around, around.folder(), 0, modules);
        return modules;
    }

    private static void add(Surroundings around, Path folder, int depth, List<SpringModule> modules) {
        modules.add(new SpringModule(around, folder));
        if (depth == DEEPEST || !isBuild(folder)) {
            return;
        }
        try (Stream<Path> below = Files.list(folder)) {
            for (Path one : below.filter(SpringModule::isBuild).sorted().toList()) {
                if (modules.size() < MOST_MODULES) {
                    add(around, one, depth + 1, modules);
                }
            }
        } catch (IOException e) {
            // its own files are found all the same
        }
    }

    private static boolean isBuild(Path folder) {
        return BUILDS.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** For a problem of its files. */
    String name() {
        String name = around.name(folder);
        return name.isEmpty() ? "application.yml" : name + "/application.yml";
    }

    /** The sets of profiles to judge: the chosen ones, then {@code test}. */
    List<List<String>> choices() throws TargetProblem {
        List<String> chosen = grown(chosen());
        List<String> test = grown(List.of(TEST));
        return chosen.equals(test) ? List.of(test) : List.of(chosen, test);
    }

    private List<String> chosen() throws TargetProblem {
        for (String argument : around.command()) {
            Matcher matcher = CHOSEN.matcher(argument);
            if (matcher.matches()) {
                return words(matcher.group(1));
            }
        }
        Optional<String> said = around.firstOf("SPRING_PROFILES_ACTIVE", "QUARKUS_PROFILE", "MICRONAUT_ENVIRONMENTS")
                .or(() -> around.firstOf("SPRING_PROFILES_DEFAULT"));
        if (said.isPresent()) {
            return words(said.get());
        }
        List<String> fromFiles = list(with(List.of("default")), "spring.profiles.active");
        return fromFiles.isEmpty() ? List.of("default") : fromFiles;
    }

    /** With what these profiles bring along. */
    private List<String> grown(List<String> profiles) throws TargetProblem {
        PropertySet properties = with(profiles);
        List<String> all = new ArrayList<>(list(properties, "spring.profiles.include"));
        for (String profile : profiles) {
            all.add(profile);
            all.addAll(list(properties, "spring.profiles.group." + profile));
        }
        return SpringFiles.distinct(all);
    }

    /** {@code a, b}, or a list in YAML. */
    private List<String> list(PropertySet properties, String name) throws TargetProblem {
        List<String> said = new ArrayList<>(properties.get(name).stream().toList());
        for (int i = 0; properties.get(name + '[' + i + ']').isPresent(); i++) {
            said.add(properties.get(name + '[' + i + ']').orElseThrow());
        }
        Map<String, String> variables = around.variables();
        Placeholders placeholders =
                new Placeholders(variable -> Optional.ofNullable(variables.get(variable)), around::isNamedInFiles);
        List<String> all = new ArrayList<>();
        for (String one : said) {
            String resolved = placeholders.resolve(PropertySet.filtered(one));
            if (Gap.isOnlyFor(resolved, around::isNamedInFiles)) {
                continue; // Spring takes ${NAME} for the name of a profile then, which has no files
            }
            if (Gap.isIn(resolved)) {
                throw new TargetProblem(
                        name + " is not known here; SPRING_PROFILES_ACTIVE says which profiles to judge");
            }
            all.addAll(words(resolved));
        }
        return all;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * What holds with these profiles.
     *
     * @throws TargetProblem if a file cannot be read, which is named
     */
    PropertySet with(List<String> profiles) throws TargetProblem {
        PropertySet all = new PropertySet();
        for (boolean prefixed : new boolean[] {false, true}) {
            for (Path file : files("")) {
                add(all, file, profiles, prefixed);
            }
            for (String profile : profiles) {
                for (Path file : profile.matches("[\\w.-]+") ? files('-' + profile) : List.<Path>of()) {
                    add(all, file, profiles, prefixed);
                }
            }
        }
        return all;
    }

    private List<Path> files(String suffix) {
        return known.computeIfAbsent(suffix, this::look);
    }

    private List<Path> look(String suffix) {
        List<Path> files = new ArrayList<>();
        for (String name :
                List.of("bootstrap", around.firstOf("SPRING_CONFIG_NAME").orElse("application"))) {
            for (String place : List.of("", "config/")) {
                for (String kind : KINDS) {
                    RESOURCES.stream()
                            .map(resources -> folder.resolve(resources).resolve(place + name + suffix + kind))
                            .filter(Surroundings::isThere)
                            .findFirst()
                            .ifPresent(files::add);
                }
            }
            for (String place : List.of("", "config/")) {
                for (String kind : KINDS) {
                    Path file = folder.resolve(place + name + suffix + kind);
                    if (Surroundings.isThere(file)) {
                        files.add(file);
                    }
                }
            }
        }
        return files;
    }

    private void add(PropertySet all, Path file, List<String> profiles, boolean prefixed) throws TargetProblem {
        try {
            for (Map<String, String> document : documents(file)) {
                if (applies(document, profiles)) {
                    document.forEach((name, value) -> add(all, file, name, value, profiles, prefixed));
                }
            }
        } catch (TargetProblem e) {
            throw new TargetProblem(around.name(file) + ": " + e.getMessage());
        }
    }

    private List<Map<String, String>> documents(Path file) throws TargetProblem {
        List<Map<String, String>> documents = read.get(file);
        if (documents == null) {
            documents = PropertyDocuments.read(file);
            read.put(file, documents);
        }
        return documents;
    }

    private void add(PropertySet all, Path file, String name, String value, List<String> profiles, boolean prefixed) {
        Matcher prefix = PREFIXED.matcher(name);
        boolean is = prefix.matches();
        if (is == prefixed && (!is || words(prefix.group(1)).stream().anyMatch(profiles::contains))) {
            all.put(is ? prefix.group(2) : name, new PropertySet.Entry(around.name(file) + ':' + name, value));
        }
    }

    private static boolean applies(Map<String, String> document, List<String> profiles) throws TargetProblem {
        for (String name : List.of("spring.config.activate.on-profile", "spring.profiles")) {
            List<String> expressions = new ArrayList<>();
            document.forEach((key, value) -> {
                if (key.equals(name) || key.startsWith(name + '[')) {
                    expressions.add(value);
                }
            });
            if (!expressions.isEmpty() && !ProfileExpression.holds(String.join(",", expressions), profiles)) {
                return false;
            }
        }
        return true;
    }
}
