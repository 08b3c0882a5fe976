package io.holdfast.proxy.targets;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code ${NAME}} and {@code ${NAME:otherwise}}, one within another, as Spring has them; pure. */
final class Placeholders {
    private static final int DEEPEST = 16;
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Function<String, Optional<String>> lookup;
    private final Predicate<String> variables;

    /**
     * By what is known.
     *
     * @param lookup what a name stands for, which may have placeholders, too
     * @param variables names that are variables, whatever they look like
     */
    Placeholders(Function<String, Optional<String>> lookup, Predicate<String> variables) {
        this.lookup = lookup;
        this.variables = variables;
    }

    /** The value with all of them replaced; a {@link Gap} for what has no value, and for expressions. */
    String resolve(String value) {
        return resolve(value, 0);
    }

    private String resolve(String value, int depth) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = value.indexOf("${"); open >= 0; open = value.indexOf("${", at)) {
            int end = closing(value, open + 2);
            if (end < 0) {
                break;
            }
            out.append(value, at, open)
                    .append(depth > DEEPEST ? Gap.code() : one(value.substring(open + 2, end), depth));
            at = end + 1;
        }
        String resolved = out.append(value, at, value.length()).toString();
        return resolved.contains("#{") ? Gap.code() : resolved;
    }

    private String one(String inside, int depth) {
        int colon = inside.indexOf(':');
        String name = resolve(colon < 0 ? inside : inside.substring(0, colon), depth + 1)
                .strip();
        return lookup.apply(name)
                .map(found -> resolve(found, depth + 1))
                .orElseGet(() -> colon < 0 ? missing(name) : resolve(inside.substring(colon + 1), depth + 1));
    }

    /** A variable would be here; what has another name may be filled in by a build or a server of configurations. */
    private String missing(String name) {
        return VARIABLE.matcher(name).matches() || variables.test(name) ? Gap.unset(name) : Gap.code();
    }

    private static int closing(String value, int from) {
        int open = 1;
        for (int i = from; i < value.length(); i++) {
            if (value.startsWith("${", i)) {
                open++;
            } else if (value.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }
}
