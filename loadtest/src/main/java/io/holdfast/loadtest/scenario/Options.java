package io.holdfast.loadtest.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the command line says: {@code name=value}, and options for the JVM of the proxy, which begin with {@code -}.
 *
 * @param values of every name that the scenario knows, in its order
 * @param jvm options of the proxies' JVMs
 */
record Options(Map<String, String> values, List<String> jvm) {
    /**
     * Reads arguments over the scenario's defaults.
     *
     * @throws IllegalArgumentException if one is neither, or has a name that the scenario does not know; the message is for people
     */
    static Options read(List<String> arguments, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        List<String> jvm = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("-")) {
                jvm.add(argument);
            } else if (equals < 0) {
                throw new IllegalArgumentException(
                        argument + " (expected: name=value, or an option of the proxy's JVM, which begins with -)");
            } else if (!defaults.containsKey(argument.substring(0, equals))) {
                throw new IllegalArgumentException(argument.substring(0, equals) + " (expected: one of "
                        + String.join(", ", defaults.keySet()) + ')');
            } else {
                values.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        return new Options(values, jvm);
    }

    String text(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** A whole number, 1 or more. */
    int number(String name) {
        return number(name, text(name));
    }

    /** Whole numbers, 1 or more. */
    List<Integer> numbers(String name) {
        return Arrays.stream(text(name).split(",", -1))
                .map(word -> number(name, word))
                .toList();
    }

    /** Words out of those that are allowed. */
    List<String> words(String name, Collection<String> allowed) {
        List<String> words = Arrays.asList(text(name).split(",", -1));
        for (String word : words) {
            if (!allowed.contains(word)) {
                throw new IllegalArgumentException(
                        name + ": " + word + " (expected: " + String.join(", ", allowed) + ')');
            }
        }
        return words;
    }

    /** One word out of those that are allowed. */
    String word(String name, Collection<String> allowed) {
        List<String> words = words(name, allowed);
        if (words.size() > 1) {
            throw new IllegalArgumentException(name + ": " + text(name) + " (expected: one)");
        }
        return words.getFirst();
    }

    private static int number(String name, String word) {
        if (!word.matches("\\d{1,9}") || Integer.parseInt(word) < 1) {
            throw new IllegalArgumentException(name + ": " + word + " (expected: a whole number, 1 or more)");
        }
        return Integer.parseInt(word);
    }

    /** Options of a JVM, separated by blanks; none if it is empty. */
    List<String> jvmOptions(String name) {
        return Arrays.stream(text(name).split(" ", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    /** For the record: what a run was told, with the defaults. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(values);
        if (!jvm.isEmpty()) {
            settings.put("jvm", jvm.stream().collect(Collectors.joining(" ")));
        }
        return settings;
    }
}
