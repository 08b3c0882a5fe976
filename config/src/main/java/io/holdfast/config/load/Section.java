package io.holdfast.config.load;

import io.holdfast.config.load.YamlNode.Entry;
import io.holdfast.config.load.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of one mapping. */
final class Section {
    /** Other keys are not repeated in problems: {@code {password:x}} without a blank makes the password a key. */
    private static final Pattern SHOWN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Position at;
    private final String path;
    private final List<String> keys;
    private final Reading reading;
    private final boolean isThere;

    private Section(Position at, String path, List<String> keys, Reading reading, boolean isThere) {
        this.at = at;
        this.path = path;
        this.keys = keys;
        this.reading = reading;
        this.isThere = isThere;
    }

    /** Reports keys that are not among {@code keys}, and those that are there twice. */
    static Section of(Mapping mapping, String path, List<String> keys, Reading reading) {
        Section section = new Section(mapping.at(), path, keys, reading, true);
        mapping.entries().forEach(section::add);
        return section;
    }

    /** What stands for a section that may be left out, or whose absence was reported: nothing in it is missed. */
    static Section none(String path, List<String> keys, Reading reading) {
        return new Section(Position.NONE, path, keys, reading, false);
    }

    static String expected(List<String> keys) {
        return "a mapping with " + String.join(", ", keys);
    }

    /** Whether the file has this section, even if empty. */
    boolean isThere() {
        return isThere;
    }

    /** The values of all keys, in the order of the file. */
    List<Value> values() {
        return List.copyOf(values.values());
    }

    /** The value of a key, if the file has it. */
    Optional<Value> get(String key) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException("key: " + key + " (expected: one of " + keys + ')');
        }
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key, which must be there. */
    Optional<Value> required(String key, String expected) {
        Optional<Value> value = get(key);
        if (value.isEmpty() && isThere) {
            reading.problem(at, pathOf(key), "missing", expected);
        }
        return value;
    }

    /** The value of a key that must be there; {@code placeholder} only if a problem was reported. */
    <T> T required(String key, Kind<T> kind, T placeholder) {
        return required(key, kind.expected()).flatMap(value -> value.as(kind)).orElse(placeholder);
    }

    /** The value of a key, or the default. */
    <T> T value(String key, Kind<T> kind, T otherwise) {
        return get(key).flatMap(value -> value.as(kind)).orElse(otherwise);
    }

    /** The mapping under a key; all defaults if it is not there. */
    Section section(String key, List<String> itsKeys) {
        return get(key).map(value -> value.section(itsKeys)).orElseGet(() -> none(pathOf(key), itsKeys, reading));
    }

    /** The mapping under a key, which must be there. */
    Section requiredSection(String key, List<String> itsKeys) {
        required(key, expected(itsKeys));
        return section(key, itsKeys);
    }

    /** The list under a key, empty if it is not there. */
    List<Value> items(String key, String expected) {
        return get(key).map(value -> value.items(expected)).orElse(List.of());
    }

    /** Reports something about a key, or about the place where it could be. */
    void problem(String key, String found, String expected) {
        place(key).problem(found, expected);
    }

    /** The value of a key, or where it could be. */
    Approvers.Place place(String key) {
        return get(key).<Approvers.Place>map(value -> value).orElseGet(() -> new Approvers.Place() {
            @Override
            public void problem(String found, String expected) {
                reading.problem(at, pathOf(key), found, expected);
            }

            @Override
            public void warning(String found, String expected) {
                reading.warning(at, pathOf(key), found, expected);
            }
        });
    }

    private void add(Entry entry) {
        String key = entry.key().text();
        Position keyAt = entry.key().at();
        if (!keys.contains(key)) {
            String suggestion = Suggestion.of(key, keys)
                    .map(best -> ", did you mean " + best + '?')
                    .orElse("");
            String all = "one of " + String.join(", ", keys);
            reading.problem(
                    keyAt, pathOf(SHOWN_KEY.matcher(key).matches() ? key : "?"), "unknown key" + suggestion, all);
        } else if (values.containsKey(key)) {
            reading.problem(keyAt, pathOf(key), "there twice", "each key once");
        } else {
            values.put(key, new Value(entry.value(), pathOf(key), reading));
        }
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }
}
