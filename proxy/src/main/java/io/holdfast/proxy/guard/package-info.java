/**
 * The {@code ci-guard} command: finds the databases that a command would use, asks each what it is, and starts the command only if all are
 * local. What it cannot find out is no.
 */
@NullMarked
package io.holdfast.proxy.guard;

import org.jspecify.annotations.NullMarked;
