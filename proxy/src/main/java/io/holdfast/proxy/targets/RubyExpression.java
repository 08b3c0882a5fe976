package io.holdfast.proxy.targets;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Ruby expression is worth that only picks among variables and constants, as they stand in {@code database.yml}: {@code
 * ENV["X"]}, {@code ENV.fetch("X") { 5 }}, {@code ENV["X"].presence || "y"}, {@code Rails.env}. Everything else is code, and nothing is run.
 */
final class RubyExpression {
    private static final Pattern STRING =
            Pattern.compile("'((?:[^'\\\\]|\\\\.)*+)'|\"((?:[^\"\\\\#]|#(?!\\{)|\\\\.)*+)\"");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9_.]*");
    private static final Pattern METHOD =
            Pattern.compile("&?\\.(to_s|to_i|to_str|strip|presence|freeze|chomp)\\b(?!\\()");
    private static final int DEEPEST = 16;

    private final String text;
    private final Function<String, Optional<String>> variables;
    private final String environment;
    private int at;
    private int depth;

    /** It is not of this kind. */
    private static final class Code extends Exception {
        private static final long serialVersionUID = 1L;

        Code() {
            super("code", null, false, false);
        }
    }

    private RubyExpression(String text, Function<String, Optional<String>> variables, String environment) {
        this.text = text;
        this.variables = variables;
        this.environment = environment;
    }

    /**
     * Its value as text; with a {@link Gap} where it cannot be told.
     *
     * @param variables of the environment
     * @param environment Rails'
     */
    static String value(String text, Function<String, Optional<String>> variables, String environment) {
        RubyExpression expression = new RubyExpression(text.strip(), variables, environment);
        try {
            String value = expression.either();
            return expression.at < expression.text.length() ? Gap.code() : value == null ? "" : value;
        } catch (Code e) {
            return Gap.code();
        }
    }

    private @Nullable String either() throws Code {
        if (++depth > DEEPEST) {
            throw new Code();
        }
        String value = one();
        while (take("||")) {
            String other = one();
            value = value == null ? other : value;
        }
        depth--;
        return value;
    }

    private @Nullable String one() throws Code {
        String value = plain();
        for (String method = match(METHOD); method != null; method = match(METHOD)) {
            if (value == null) {
                value = method.endsWith("presence") ? null : "";
            } else if (method.endsWith("presence")) {
                value = value.isBlank() ? null : value;
            } else if (method.endsWith("strip") || method.endsWith("chomp")) {
                value = value.strip();
            }
        }
        space();
        return value;
    }

    private @Nullable String plain() throws Code {
        space();
        if (take("ENV.fetch(")) {
            return fetched();
        }
        if (take("ENV[")) {
            String name = string();
            expect("]");
            return variables.apply(name).orElse(null);
        }
        if (take("(")) {
            String value = either();
            expect(")");
            return value;
        }
        if (take("Rails.env")) {
            return environment;
        }
        if (take("nil")) {
            return null;
        }
        String number = match(NUMBER);
        return number != null ? number.replace("_", "") : string();
    }

    private @Nullable String fetched() throws Code {
        String name = string();
        boolean otherwise = false;
        String value = null;
        if (take(",")) {
            otherwise = true;
            value = either();
        }
        expect(")");
        space();
        if (take("{")) {
            otherwise = true;
            value = either();
            expect("}");
        }
        Optional<String> set = variables.apply(name);
        return set.isPresent() ? set.get() : otherwise ? value : Gap.unset(name);
    }

    private String string() throws Code {
        space();
        Matcher string = STRING.matcher(text).region(at, text.length());
        if (!string.lookingAt()) {
            throw new Code();
        }
        at = string.end();
        space();
        String plain = string.group(1) == null ? string.group(2) : string.group(1);
        if (plain.indexOf('\\') >= 0) {
            throw new Code();
        }
        return plain;
    }

    private @Nullable String match(Pattern pattern) {
        Matcher found = pattern.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            return null;
        }
        at = found.end();
        return found.group();
    }

    private boolean take(String token) {
        space();
        boolean is = text.startsWith(token, at);
        at += is ? token.length() : 0;
        return is;
    }

    private void expect(String token) throws Code {
        if (!take(token)) {
            throw new Code();
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
