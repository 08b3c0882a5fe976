/**
 * How many rows a unit would change or remove: what a session asks before its rules can decide, and what it is answered. Who counts, and
 * where, is not known here.
 */
@NullMarked
package io.holdfast.proxy.estimate;

import org.jspecify.annotations.NullMarked;
