/**
 * The {@code ci-guard} command: asks the databases that a command would use what they are, and starts the command only if all are local. What it cannot find out is no.
 */
@NullMarked
package io.holdfast.proxy.guard;

import org.jspecify.annotations.NullMarked;
