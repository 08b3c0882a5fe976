package io.holdfast.proxy.bypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every entry of the catalogue of ways around has a test that is found by its number: a line of {@code bypass.txt}, a method such as
 * {@code a04WhatWasSwapped}, or a comment behind one, {@code // A-04}.
 */
class CatalogueTest {
    private static final Path TESTS = Path.of(System.getProperty("holdfast.root", ".."), "proxy/src/test/java");

    private static final List<Pattern> NUMBERS =
            List.of(Pattern.compile("void ([lsfpta])(\\d\\d)[A-Z]"), Pattern.compile("//.*?\\b([LSFPTA])-(\\d\\d)\\b"));

    private static final Pattern LINE = Pattern.compile("(?m)^([LSFPTA])-(\\d\\d) ");

    /** How many entries a section has. */
    @ParameterizedTest
    @CsvSource({"A, 15"})
    void eachHasATest(String section, int entries) throws IOException {
        Set<String> wanted = new TreeSet<>(IntStream.rangeClosed(1, entries)
                .mapToObj(number -> "%s-%02d".formatted(section, number))
                .toList());
        wanted.removeAll(found());
        assertThat(wanted).isEmpty();
    }

    private static Set<String> found() throws IOException {
        Set<String> found = new TreeSet<>();
        add(found, LINE, Attempt.resource("bypass.txt"));
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                String source = Files.readString(file);
                NUMBERS.forEach(number -> add(found, number, source));
            }
        }
        return found;
    }

    private static void add(Set<String> found, Pattern number, String text) {
        Matcher matcher = number.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).toUpperCase(Locale.ROOT) + '-' + matcher.group(2));
        }
    }
}
