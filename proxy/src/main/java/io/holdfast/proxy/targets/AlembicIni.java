package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code alembic.ini}, Python's {@code configparser} form: {@code sqlalchemy.url} in any section, with {@code %(name)s} for other keys. */
final class AlembicIni implements Source {
    private static final Pattern SECTION = Pattern.compile("\\[([^]]+)].*");
    private static final Pattern KEY = Pattern.compile("([^\\s=:#;][^=:]*?)\\s*[=:]\\s*(.*)");
    private static final Pattern REFERENCE = Pattern.compile("%(?:\\(([^)]+)\\)s|%)");
    private static final String DEFAULT = "DEFAULT";

    @Override
    public List<Finding> find(Surroundings around) {
        List<Finding> found = new ArrayList<>();
        for (Path file : around.present(List.of("alembic.ini"))) {
            String name = around.name(file);
            try {
                sections(TextFile.read(file))
                        .forEach((section, keys) -> keys.forEach((key, value) -> {
                            boolean named = key.endsWith("url");
                            new Addresses(new Targets(around.variables()))
                                    .read(name + ':' + section + '.' + key, expanded(value, keys), named, said -> said)
                                    .ifPresent(found::add);
                        }));
            } catch (TargetProblem e) {
                found.add(new Finding.Unreadable(name, e));
            }
        }
        return found;
    }

    private static Map<String, Map<String, String>> sections(String text) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        String section = DEFAULT;
        for (String line : text.lines().toList()) {
            Matcher begin = SECTION.matcher(line);
            Matcher key = KEY.matcher(line);
            if (begin.matches()) {
                section = begin.group(1);
                sections.computeIfAbsent(
                        section, name -> new LinkedHashMap<>(sections.getOrDefault(DEFAULT, Map.of())));
            } else if (key.matches()) {
                sections.computeIfAbsent(section, name -> new LinkedHashMap<>())
                        .put(key.group(1), key.group(2).strip());
            }
        }
        sections.remove(DEFAULT);
        return sections;
    }

    /** One step deep; a reference to what is not there was put in by a program. */
    private static String expanded(String value, Map<String, String> keys) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        reference.group(1) == null ? "%" : keys.getOrDefault(reference.group(1), Gap.code())));
    }
}
