package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.RelationName;

/**
 * A table that a statement names.
 *
 * @param only without its heirs
 */
record Target(Verb verb, RelationName name, boolean only) {}
