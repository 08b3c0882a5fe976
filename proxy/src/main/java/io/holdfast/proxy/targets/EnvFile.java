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
     * The variables of a file, where {@code ${NAME}} stands for what others have that win, or a line of the file, be it a later one, which some
     * libraries allow, or others over which this file wins.
     *
     * @param above the environment, and what files say that win
     * @param beneath what other files say
     * @param named variables of any file; a reference to one that is not loaded here is a {@link Gap}
     * @throws TargetProblem if it cannot be read
     */
    static Map<String, String> read(
            Path file, Map<String, String> above, Map<String, String> beneath, Set<String> named) throws TargetProblem {
        String text = TextFile.read(file);
        Map<String, String> others = new TreeMap<>(beneath);
        others.putAll(lines(text, above, beneath, Set.of()));
        return lines(text, above, others, named);
    }

    private static Map<String, String> lines(
            String text, Map<String, String> above, Map<String, String> others, Set<String> named) {
        Map<String, String> variables = new TreeMap<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            variables.put(
                    line.group(1),
                    value(
                            line.group(2),
                            name -> Optional.ofNullable(above.get(name))
                                    .or(() -> Optional.ofNullable(variables.get(name)))
                                    .or(() -> Optional.ofNullable(others.get(name))),
                            named));
        }
        return variables;
    }

    private static String value(String text, Function<String, Optional<String>> known, Set<String> named) {
        if (text.startsWith("'") || text.startsWith("`")) {
            return text.length() > 1 ? text.substring(1, text.length() - 1) : text;
        }
        if (text.startsWith("\"") && text.length() > 1) {
            return expanded(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"), known, named);
        }
        return expanded(text.replaceFirst("(?:^|\\s)#.*$", "").strip(), known, named);
    }

    /** What nobody knows stays as it is: not every library replaces, and a password may have a dollar sign. */
    private static String expanded(String text, Function<String, Optional<String>> known, Set<String> named) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String name = reference.group(1) == null ? reference.group(3) : reference.group(1);
            String otherwise = reference.group(2);
            return Matcher.quoteReplacement(known.apply(name)
                    .filter(value -> otherwise == null || !value.isEmpty())
                    .orElseGet(() -> otherwise != null
                            ? otherwise
                            : named.contains(name) ? Gap.unset(name) : reference.group()));
        });
    }
}
