package io.holdfast.proxy.targets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Text to maps, lists and strings: all scalars stay text, tags mean nothing, aliases and merge keys are followed. Bounded in depth and in
 * what merges may add. Reads JSON, too, which is YAML.
 */
final class Yaml {
    private static final int DEEPEST = 64;
    private static final int MOST_ENTRIES = 100_000;

    /** What {@code <<} does to keys above it. */
    enum Merge {
        /** Ruby's: it replaces them. */
        REPLACES,
        /** Everybody else's: it adds what is not there. */
        ADDS
    }

    private final Iterator<Event> events;
    private final Merge merge;
    private final Map<String, Object> anchors = new HashMap<>();
    private int entries;

    private Yaml(Iterator<Event> events, Merge merge) {
        this.events = events;
        this.merge = merge;
    }

    /**
     * All documents of a text. Of keys that are there twice the last one counts.
     *
     * @throws TargetProblem if it is no YAML, with the line and nothing of what is there
     */
    static List<Object> documents(String text, Merge merge) throws TargetProblem {
        try {
            return new Yaml(
                            new Parse(LoadSettings.builder().build())
                                    .parseString(text)
                                    .iterator(),
                            merge)
                    .documents();
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1))
                    .orElse("");
            throw new TargetProblem("it is no valid YAML" + line);
        } catch (YamlEngineException e) {
            throw new TargetProblem("it is no valid YAML");
        }
    }

    private List<Object> documents() throws TargetProblem {
        List<Object> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                documents.add(node(node, 0));
                anchors.clear();
            }
        }
        return documents;
    }

    private Object node(Event event, int depth) throws TargetProblem {
        if (depth > DEEPEST || ++entries > MOST_ENTRIES) {
            throw new TargetProblem("it is nested too deep, or too long");
        }
        return switch (event) {
            case AliasEvent alias -> known(alias.getAlias().getValue());
            case ScalarEvent scalar -> {
                String text = scalar.getValue();
                yield anchored(scalar, scalar.isPlain() && (text.equals("~") || text.equals("null")) ? "" : text);
            }
            case MappingStartEvent start -> anchored(start, mapping(depth));
            case CollectionStartEvent start -> anchored(start, list(depth));
            default -> throw new TargetProblem("it is no valid YAML");
        };
    }

    private Object known(String anchor) throws TargetProblem {
        Object known = anchors.get(anchor);
        if (known == null) {
            throw new TargetProblem("it is no valid YAML: an alias of nothing");
        }
        return known;
    }

    private List<Object> list(int depth) throws TargetProblem {
        List<Object> list = new ArrayList<>();
        for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
            list.add(node(next, depth + 1));
        }
        return list;
    }

    private Object anchored(NodeEvent event, Object node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        return node;
    }

    private Map<String, Object> mapping(int depth) throws TargetProblem {
        Map<String, Object> own = new LinkedHashMap<>();
        Map<String, Object> added = new LinkedHashMap<>();
        for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
            Object key = node(next, depth + 1);
            Object value = node(events.next(), depth + 1);
            if ("<<".equals(key)) {
                for (Object one : value instanceof List<?> list ? list.reversed() : List.of(value)) {
                    merge(one, merge == Merge.REPLACES ? own : added);
                }
            } else if (key instanceof String name) {
                own.put(name, value);
            }
        }
        added.putAll(own);
        return added;
    }

    private void merge(Object value, Map<String, Object> into) throws TargetProblem {
        if (value instanceof Map<?, ?> map) {
            entries += map.size();
            if (entries > MOST_ENTRIES) {
                throw new TargetProblem("it is nested too deep, or too long");
            }
            map.forEach((key, one) -> into.put(String.valueOf(key), one));
        }
    }
}
