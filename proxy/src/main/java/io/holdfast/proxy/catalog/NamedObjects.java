package io.holdfast.proxy.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the names in a statement stand for at one moment. If they stand for something else later, the same text is another statement.
 *
 * @param versions by kind and qualified name, such as {@code relation public.orders}: who it is and how it is made, opaque
 * @param bodies of the functions among them that have one to read, by the same names; several of a name behind each other
 */
public record NamedObjects(SortedMap<String, String> versions, SortedMap<String, String> bodies) {
    /** For as long as nothing is known of any. */
    public static final NamedObjects NONE =
            new NamedObjects(Collections.emptySortedMap(), Collections.emptySortedMap());

    public NamedObjects {
        bodies = Collections.unmodifiableSortedMap(new TreeMap<>(bodies));
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** The names of which something is new, gone, or not what it was; empty if nothing is. In order. */
    public List<String> changedIn(NamedObjects later) {
        List<String> changed = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>(later.versions);
        all.putAll(versions);
        for (Map.Entry<String, String> object : all.entrySet()) {
            String name = object.getKey();
            if (!object.getValue().equals(versions.get(name))
                    || !object.getValue().equals(later.versions.get(name))) {
                changed.add(name);
            }
        }
        return changed;
    }
}
