/** The commands of {@code ./holdfast}. */
@NullMarked
package io.holdfast.proxy.cli;

import org.jspecify.annotations.NullMarked;
