/** The one table of what clients are told. */
@NullMarked
package io.holdfast.proxy.error;

import org.jspecify.annotations.NullMarked;
