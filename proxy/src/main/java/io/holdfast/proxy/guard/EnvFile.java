package io.holdfast.proxy.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code .env} files, as the libraries of Ruby, Node, Python and PHP have them in common. */
final class EnvFile {
    /** Those that a test suite may read; {@code .env.production} is none of them. */
    private static final List<String> NAMES = List.of(".env", ".env.local", ".env.test", ".env.test.local", ".env.ci");

    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*=[ \\t]*"
                    + "(\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|`[^`]*+`|[^\\r\\n]*+)");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?}|([A-Za-z_][A-Za-z0-9_]*))");

    private EnvFile() {}

    /** In the folder, and in those above it up to the one that has {@code .git}; without such a one, in the folder alone. */
    static List<Path> around(Path folder) {
        List<Path> folders = new ArrayList<>();
        boolean project = false;
        for (Path at = folder.toAbsolutePath().normalize(); at != null && !project; at = at.getParent()) {
            folders.add(at);
            project = Files.exists(at.resolve(".git"));
        }
        return (project ? folders : folders.subList(0, 1))
                .stream()
                        .flatMap(at -> NAMES.stream().map(at::resolve))
                        .filter(Files::isRegularFile)
                        .toList();
    }

    /**
     * The variables of a file.
     *
     * @param around what {@code ${NAME}} may refer to, beside earlier lines
     * @throws IOException if it cannot be read
     */
    static Map<String, String> read(Path file, Map<String, String> around) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        Matcher line = LINE.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        while (line.find()) {
            Map<String, String> known = new TreeMap<>(variables);
            known.putAll(around);
            variables.put(line.group(1), value(line.group(2), known));
        }
        return variables;
    }

    private static String value(String text, Map<String, String> known) {
        if (text.startsWith("'") || text.startsWith("`")) {
            return text.length() > 1 ? text.substring(1, text.length() - 1) : text;
        }
        if (text.startsWith("\"") && text.length() > 1) {
            return expanded(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"), known);
        }
        return expanded(text.replaceFirst("(?:^|\\s)#.*$", "").strip(), known);
    }

    /** What is not known stays as it is: not every library replaces, and a password may have a dollar sign. */
    private static String expanded(String text, Map<String, String> known) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String name = reference.group(1) == null ? reference.group(3) : reference.group(1);
            String otherwise = reference.group(2) == null ? reference.group() : reference.group(2);
            return Matcher.quoteReplacement(known.getOrDefault(name, otherwise));
        });
    }
}
