package io.holdfast.proxy.ci;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pattern of application names: {@code *} stands for any characters, case does not count, and the whole name must match. */
final class ApplicationPattern {
    private final String text;
    private final Pattern pattern;

    ApplicationPattern(String text) {
        this.text = text;
        String regex = Stream.of(text.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    boolean matches(String application) {
        return pattern.matcher(application).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
