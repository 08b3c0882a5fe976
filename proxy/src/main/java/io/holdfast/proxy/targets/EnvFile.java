package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code .env} files, as the libraries of Ruby, Node, Python and PHP have them in common. */
final class EnvFile {
    /** Those that a test suite may read; {@code .env.production} is none of them. */
    private static final List<String> NAMES = List.of(
            ".env.test.local",
            ".env.testing.local",
            ".env.test",
            ".env.testing",
            ".env.ci",
            ".env.local",
            ".env",
            ".env.defaults",
            ".flaskenv",
            "prisma/.env");

    /** By which libraries choose among files: {@code NODE_ENV=staging} takes {@code .env.staging}. */
    private static final List<String> CHOOSING = List.of("NODE_ENV", "RAILS_ENV", "RACK_ENV", "APP_ENV");

    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*=[ \\t]*"
                    + "(\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+'|`[^`]*+`|[^\\r\\n]*+)");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?}|([A-Za-z_][A-Za-z0-9_]*))");

    private EnvFile() {}

    /** In these folders, those that win first. */
    static List<Path> in(List<Path> folders, Map<String, String> environment) {
        Set<String> names = new LinkedHashSet<>();
        for (String variable : CHOOSING) {
            String chosen = environment.getOrDefault(variable, "").strip();
            if (chosen.matches("[A-Za-z0-9_-]+")) {
                names.add(".env." + chosen + ".local");
                names.add(".env." + chosen);
            }
        }
        names.addAll(NAMES);
        return folders.stream()
                .flatMap(at -> names.stream().map(at::resolve))
                .filter(Surroundings::isThere)
                .toList();
    }

    /**
     * The variables of a file.
     *
     * @param around what {@code ${NAME}} may refer to, beside earlier lines
     * @throws TargetProblem if it cannot be read
     */
    static Map<String, String> read(Path file, Map<String, String> around) throws TargetProblem {
        Map<String, String> variables = new TreeMap<>();
        Matcher line = LINE.matcher(TextFile.read(file));
        while (line.find()) {
            variables.put(
                    line.group(1),
                    value(
                            line.group(2),
                            name -> Optional.ofNullable(around.get(name))
                                    .or(() -> Optional.ofNullable(variables.get(name)))));
        }
        return variables;
    }

    private static String value(String text, Function<String, Optional<String>> known) {
        if (text.startsWith("'") || text.startsWith("`")) {
            return text.length() > 1 ? text.substring(1, text.length() - 1) : text;
        }
        if (text.startsWith("\"") && text.length() > 1) {
            return expanded(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"), known);
        }
        return expanded(text.replaceFirst("(?:^|\\s)#.*$", "").strip(), known);
    }

    /** What is not known stays as it is: not every library replaces, and a password may have a dollar sign. */
    private static String expanded(String text, Function<String, Optional<String>> known) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String name = reference.group(1) == null ? reference.group(3) : reference.group(1);
            String otherwise = reference.group(2);
            return Matcher.quoteReplacement(known.apply(name)
                    .filter(value -> otherwise == null || !value.isEmpty())
                    .orElse(otherwise == null ? reference.group() : otherwise));
        });
    }
}
