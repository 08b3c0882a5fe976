package io.holdfast.proxy.upstream;

import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that a name may stand for.
 *
 * @param kind relation, function or schema
 * @param name null for a schema
 * @param body null: it has none to read
 */
record NamedObject(
        String kind,
        String schema,
        @Nullable String name,
        String version,
        @Nullable String body) {
    private boolean isMeantBy(Set<RelationName> names) {
        if (name == null) {
            return names.contains(new RelationName(null, schema))
                    || names.stream().anyMatch(one -> schema.equals(one.schema()));
        }
        return names.contains(new RelationName(null, name)) || names.contains(new RelationName(schema, name));
    }

    /** Of all that was found, what these names stand for. */
    static NamedObjects meant(List<NamedObject> found, Set<RelationName> names) {
        SortedMap<String, String> versions = new TreeMap<>();
        SortedMap<String, String> bodies = new TreeMap<>();
        for (NamedObject object : found) {
            if (object.isMeantBy(names)) {
                String called = object.kind + ' ' + object.schema + (object.name == null ? "" : '.' + object.name);
                versions.put(called, object.version);
                if (object.body != null) {
                    bodies.put(called, object.body);
                }
            }
        }
        return new NamedObjects(versions, bodies);
    }
}
