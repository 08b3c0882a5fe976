package io.holdfast.config.load;

import io.holdfast.config.CertificatePattern;
import io.holdfast.config.Cidr;
import io.holdfast.config.RuleConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The simple kinds of values. */
final class Kinds {
    /** Any text, but some. */
    static final Kind<String> TEXT = new Kind<>("a text", Optional::of).where("a text", text -> !text.isBlank());

    /** Any text, even none. */
    static final Kind<String> MESSAGE = new Kind<>("a text", Optional::of);

    /** As YAML 1.2 has it: no yes, no on. */
    static final Kind<Boolean> BOOLEAN = oneOf(List.of("true", "false"), Boolean::valueOf);

    /** A condition that is there or not: false would mean the same as nothing, which nobody means who writes it. */
    static final Kind<Boolean> TRUE = oneOf(List.of("true"), Boolean::valueOf);

    /** A class of statements. */
    static final Kind<String> STATEMENT_CLASS = oneOf(RuleConfig.CLASSES, Function.identity());

    /** A table or function in a rule. */
    static final Kind<String> NAME_PATTERN = matching(
            "a name, schema.name or a pattern with *, without quotes", Pattern.compile("[^.\"]+(?:\\.[^.\"]+)?"));

    /** A Slack member id. */
    static final Kind<String> SLACK_ID =
            matching("a Slack member id such as U024BE7LH", Pattern.compile("[UW][A-Z0-9]{2,20}"));

    /** A network of clients. */
    static final Kind<String> NETWORK =
            new Kind<>("a network such as 10.1.0.0/16 or fd00::/8, with no bits set after the prefix", Kinds::network);

    /** Certificates in a rule. */
    static final Kind<String> CERTIFICATE = new Kind<>(
            "a common name such as ci-*, or a whole subject such as /O=Example/OU=ci/*",
            text -> Optional.of(text).filter(CertificatePattern::isClear));

    /** What a proxy is called among others. */
    static final Kind<String> PROXY_NAME = matching(
            "a name of up to 63 letters, digits, '.', '-' and '_', such as proxy1",
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"));

    private Kinds() {}

    /** A whole number. */
    static Kind<Integer> integer(int min, int max) {
        String expected = "a number from " + min + " to " + max;
        return matching(expected, Pattern.compile("[0-9]{1,9}"), Integer::valueOf)
                .where(expected, number -> number >= min && number <= max);
    }

    /** A constant of an enum, in lower case with hyphens. */
    static <E extends Enum<E>> Kind<E> constantOf(Class<E> type) {
        return constantOf(type, EnumSet.allOf(type));
    }

    /** One of some constants. */
    static <E extends Enum<E>> Kind<E> constantOf(Class<E> type, Set<E> some) {
        List<String> names = some.stream().map(Kinds::lowerCase).toList();
        return oneOf(
                names, name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** {@code a, b or c}. */
    static String either(List<String> names) {
        return names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " or " + names.getLast();
    }

    private static <T> Kind<T> oneOf(List<String> names, Function<String, T> parse) {
        return new Kind<>(
                either(names), text -> Optional.of(text).filter(names::contains).map(parse));
    }

    private static Kind<String> matching(String expected, Pattern pattern) {
        return matching(expected, pattern, Function.identity());
    }

    /** What a pattern admits, and as what it is taken. */
    static <T> Kind<T> matching(String expected, Pattern pattern, Function<String, T> parse) {
        return new Kind<>(
                expected,
                text -> pattern.matcher(text).matches() ? Optional.of(text).map(parse) : Optional.empty());
    }

    private static Optional<String> network(String text) {
        try {
            Cidr.parse(text);
            return Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
