package io.holdfast.proxy.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code datasource} of Prisma's schema, where its client looks for it: an address as it is, or {@code env("NAME")}.
 *
 * @see <a href="https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource">Prisma schema: datasource</a>
 */
final class PrismaSchema implements Source {
    private static final Pattern DATASOURCE =
            Pattern.compile("(?ms)^[ \\t]*datasource[ \\t]+\\w+[ \\t]*\\{(.*?)^[ \\t]*}");
    private static final Pattern URL = Pattern.compile(
            "(?m)^[ \\t]*(url|directUrl|shadowDatabaseUrl)[ \\t]*=[ \\t]*(?:env\\([ \\t]*\"([^\"]+)\"[ \\t]*\\)|\"([^\"]*)\")");

    @Override
    public List<Finding> find(Surroundings around) {
        List<Finding> found = new ArrayList<>();
        try {
            for (Path file : schemas(around)) {
                found.addAll(read(around, file));
            }
        } catch (IOException e) {
            found.add(new Finding.Unreadable("prisma/schema", "the folder cannot be read"));
        }
        return found;
    }

    private static List<Path> schemas(Surroundings around) throws IOException {
        List<Path> files = new ArrayList<>(around.present(List.of("prisma/schema.prisma", "schema.prisma")));
        for (Path folder :
                List.of(around.folder().resolve("prisma"), around.folder().resolve("prisma/schema"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    all.filter(file -> file.toString().endsWith(".prisma") && !files.contains(file))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static List<Finding> read(Surroundings around, Path file) {
        List<Finding> found = new ArrayList<>();
        Map<String, String> variables = around.variables();
        try {
            Matcher datasource = DATASOURCE.matcher(TextFile.read(file));
            while (datasource.find()) {
                Matcher url = URL.matcher(datasource.group(1));
                while (url.find()) {
                    finding(variables, around.name(file) + ':' + url.group(1), url.group(2), url.group(3))
                            .ifPresent(found::add);
                }
            }
        } catch (TargetProblem e) {
            found.add(new Finding.Unreadable(around.name(file), e));
        }
        return found;
    }

    /** A variable that is set has been found as such. */
    private static Optional<Finding> finding(
            Map<String, String> variables, String name, @Nullable String variable, @Nullable String literal) {
        if (variable != null) {
            String value = variables.getOrDefault(variable, "");
            if (value.isEmpty()) {
                return Gap.finding(name, Gap.unset(variable));
            }
            return TargetUrl.looksLike(value) ? Optional.empty() : address(variables, name, value);
        }
        return address(variables, name, literal == null ? "" : literal);
    }

    private static Optional<Finding> address(Map<String, String> variables, String name, String value) {
        return new Addresses(new Targets(variables)).read(name, value, true, said -> said);
    }
}
