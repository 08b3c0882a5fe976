package io.holdfast.config.load;

import io.holdfast.config.load.YamlNode.Mapping;
import io.holdfast.config.load.YamlNode.Scalar;
import io.holdfast.config.load.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One value of the file and its place in it. Reads itself as what is asked for, or reports that it is something else. */
record Value(YamlNode node, String path, Reading reading) implements Approvers.Place {
    private static final int SHOWN_CHARACTERS = 60;

    /** The value as a kind of scalar; empty if a problem was reported. */
    <T> Optional<T> as(Kind<T> kind) {
        Optional<String> text = text(kind.expected());
        Optional<T> value = text.flatMap(kind.parse());
        if (text.isPresent() && value.isEmpty()) {
            problem(shown(), kind.expected());
        }
        return value;
    }

    /** The expanded text of a scalar; empty if a problem was reported. */
    Optional<String> text(String expected) {
        return switch (node) {
            case Scalar scalar when !scalar.isNull() -> reading.interpolation().expand(scalar.text(), this::problem);
            case Scalar _, Sequence _, Mapping _ -> {
                problem(whatItIs(), expected);
                yield Optional.empty();
            }
        };
    }

    /** The text of a scalar as it is in the file. */
    Optional<String> raw() {
        return node instanceof Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }

    /** The keys of a mapping, none if it is something else. */
    Section section(List<String> keys) {
        if (node instanceof Mapping mapping) {
            return Section.of(mapping, path, keys, reading);
        }
        problem(whatItIs(), Section.expected(keys));
        return Section.none(path, keys, reading);
    }

    /** The elements of a list, none if it is something else. */
    List<Value> items(String expected) {
        if (node instanceof Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .mapToObj(i -> new Value(sequence.items().get(i), path + '[' + i + ']', reading))
                    .toList();
        }
        problem(whatItIs(), expected);
        return List.of();
    }

    /** The elements of a list, or the one scalar that stands for a list of one. */
    List<Value> elements(String expectedElement) {
        return raw().isPresent() ? List.of(this) : items(expectedElement + ", or a list of such");
    }

    boolean isMapping() {
        return node instanceof Mapping;
    }

    /** Reports a list without elements. */
    void refuseEmptyList() {
        if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
            problem("an empty list", "at least one");
        }
    }

    @Override
    public void problem(String found, String expected) {
        reading.problem(node.at(), path, found, expected);
    }

    @Override
    public void warning(String found, String expected) {
        reading.warning(node.at(), path, found, expected);
    }

    /** A scalar as it is in the file, without what could be secret in it, and not too long. */
    String shown() {
        String text = Interpolation.masked(raw().orElse("")).replaceAll("//.*@", "//...@");
        return '\'' + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text) + '\'';
    }

    private String whatItIs() {
        return switch (node) {
            case Scalar scalar -> scalar.isNull() ? "nothing" : "a single value";
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
        };
    }
}
