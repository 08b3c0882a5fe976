package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/**
 * A name as PostgreSQL sees it: U& escapes decoded, folded if unquoted, cut at 63 bytes.
 *
 * @param schema null if the text gives none, so that search_path decides
 * @param name of a table, view, sequence, function, ...
 */
public record RelationName(@Nullable String schema, String name) {
    @Override
    public String toString() {
        return schema == null ? name : schema + '.' + name;
    }
}
