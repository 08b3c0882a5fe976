package io.holdfast.config.load;

import java.util.List;
import java.util.Set;

/** A YAML document as a tree that knows where in the text everything starts. */
sealed interface YamlNode {
    Position at();

    /**
     * A single value.
     *
     * @param plain not in quotes, nor a block
     */
    record Scalar(Position at, String text, boolean plain) implements YamlNode {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        boolean isNull() {
            return plain && NULLS.contains(text);
        }
    }

    /** A list. */
    record Sequence(Position at, List<YamlNode> items) implements YamlNode {}

    /** Keys and values as written: a key may be there twice. */
    record Mapping(Position at, List<Entry> entries) implements YamlNode {}

    /** One line of a mapping. */
    record Entry(Scalar key, YamlNode value) {}
}
