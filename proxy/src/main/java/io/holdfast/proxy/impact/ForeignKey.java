package io.holdfast.proxy.impact;

import java.util.List;

/**
 * Of pg_constraint.
 *
 * @param child the table that references
 * @param parent the table that is referenced
 * @param onDelete what becomes of references: {@code a} and {@code r} refuse, {@code c} cascade, {@code n} and {@code d} set
 * @param onUpdate likewise
 * @param childColumns that reference
 * @param parentColumns that are referenced, each by the child's column in the same place
 */
record ForeignKey(
        String name,
        long child,
        String childName,
        long parent,
        String parentName,
        char onDelete,
        char onUpdate,
        List<String> childColumns,
        List<String> parentColumns) {
    ForeignKey {
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }
}
