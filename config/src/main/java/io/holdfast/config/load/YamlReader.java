package io.holdfast.config.load;

import io.holdfast.config.load.YamlNode.Entry;
import io.holdfast.config.load.YamlNode.Mapping;
import io.holdfast.config.load.YamlNode.Scalar;
import io.holdfast.config.load.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Text to tree. Bounded in size and depth; aliases are not followed, so the tree is never larger than the text. Works on the
 * parser's events, because the library's composer recurses as deep as the text is nested.
 */
final class YamlReader {
    static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 16;

    private final Iterator<Event> events;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    /** The document, an empty mapping if there is none; empty if a problem was reported. */
    static Optional<YamlNode> read(String yaml, Reading reading) {
        if (yaml.length() > MAX_CHARACTERS) {
            reading.problem(Position.NONE, "", "a file of more than 1 MiB", "at most 1 MiB");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder().build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(yaml).iterator();
            return Optional.of(new YamlReader(events).document());
        } catch (Unusable e) {
            reading.problem(e.at, "", e.found, e.expected);
        } catch (MarkedYamlEngineException e) {
            Position at = position(e.getProblemMark());
            reading.problem(at, "", "no YAML: " + withoutContents(e.getProblem()), hint(yaml, at));
        } catch (YamlEngineException e) {
            reading.problem(Position.NONE, "", "no YAML: a character that is not allowed", "printable text");
        }
        return Optional.empty();
    }

    private YamlNode document() {
        Position start = new Position(1, 1);
        YamlNode root = new Mapping(start, List.of());
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (++documents > 1) {
                        throw new Unusable(event, "a second document", "one document");
                    }
                }
                case Alias, Scalar, SequenceStart, MappingStart -> {
                    YamlNode node = node(event, 0);
                    root = node instanceof Scalar scalar && scalar.isNull() ? root : node;
                }
                case SequenceEnd, MappingEnd -> throw new IllegalStateException("unbalanced: " + event.getEventId());
            }
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Unusable(event, "a value nested more than " + MAX_DEPTH + " deep", "a flatter file");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar, scalar.getTag());
                yield new Scalar(position(scalar.getStartMark()), scalar.getValue(), scalar.isPlain());
            }
            case CollectionStartEvent start -> {
                refuseTag(start, start.getTag());
                yield start.getEventId() == Event.ID.SequenceStart ? sequence(start, depth) : mapping(start, depth);
            }
            default -> throw new Unusable(event, "an alias", "the value itself, written out");
        };
    }

    private Sequence sequence(Event start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(position(start.getStartMark()), items);
    }

    private Mapping mapping(Event start, int depth) {
        List<Entry> entries = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event, depth + 1) instanceof Scalar key)) {
                throw new Unusable(event, "a key that is a list or mapping", "a name as key");
            }
            entries.add(new Entry(key, node(events.next(), depth + 1)));
        }
        return new Mapping(position(start.getStartMark()), entries);
    }

    private static void refuseTag(NodeEvent event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw new Unusable(event, "a tag", "a value without a tag (quote a text that starts with !)");
        }
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
                .orElse(Position.NONE);
    }

    /** Some of the parser's messages end with a piece of the text, which may be a secret. */
    private static String withoutContents(String problem) {
        return problem.startsWith("found undefined tag handle") ? "found an undefined tag handle" : problem;
    }

    /** The commonest mistake has its own answer: braces end a plain scalar inside braces. */
    private static String hint(String yaml, Position at) {
        boolean variable = at.line() > 0
                && yaml.lines().skip(at.line() - 1L).findFirst().orElse("").contains("${");
        return variable ? "valid YAML; inside { } or [ ] put \"${NAME}\" in quotes" : "valid YAML";
    }

    /** Ends the reading; what is left has no meaning. */
    private static final class Unusable extends RuntimeException {
        private final transient Position at;
        private final String found;
        private final String expected;

        Unusable(Event event, String found, String expected) {
            super(found, null, false, false);
            this.at = position(event.getStartMark());
            this.found = found;
            this.expected = expected;
        }
    }
}
