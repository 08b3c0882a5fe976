package io.holdfast.config.load;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts environment variables into values, as the shell does: {@code :-} also stands in for an empty variable. */
final class Interpolation {
    /** An escape; a reference with a name and perhaps a default; or an opening that leads nowhere. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$(?<escape>\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?}|\\$\\{");

    private static final Pattern DEFAULT = Pattern.compile("(\\$\\{[^}]*?:-)[^}]+");

    private final Map<String, String> environment;

    Interpolation(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Expands all references.
     *
     * @param problems told (found, expected), once per reference that cannot be expanded
     * @return empty if there was a problem
     */
    Optional<String> expand(String raw, BiConsumer<String, String> problems) {
        StringBuilder expanded = new StringBuilder();
        boolean good = true;
        Matcher references = REFERENCE.matcher(raw);
        while (references.find()) {
            String value = value(references.toMatchResult(), problems);
            good &= value != null;
            references.appendReplacement(expanded, value == null ? "" : Matcher.quoteReplacement(value));
        }
        references.appendTail(expanded);
        return good ? Optional.of(expanded.toString()) : Optional.empty();
    }

    /** A value as it stands in the file, fit to be shown: a default may be a secret. */
    static String masked(String raw) {
        return DEFAULT.matcher(raw).replaceAll("$1...");
    }

    private @Nullable String value(MatchResult reference, BiConsumer<String, String> problems) {
        String escape = reference.group("escape");
        if (escape != null) {
            return escape;
        }
        String name = reference.group("name");
        if (name == null) {
            problems.accept("${ without a name and }", "${NAME}, ${NAME:-default}, or $${ for a plain ${");
            return null;
        }
        String value = environment.get(name);
        String otherwise = reference.group("default");
        if (otherwise != null) {
            return value == null || value.isEmpty() ? otherwise : value;
        }
        if (value == null) {
            problems.accept(
                    "${" + name + "}, which is not set",
                    "an environment variable " + name + ", or ${" + name + ":-default}");
        }
        return value;
    }
}
