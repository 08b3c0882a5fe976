/** A frame as one text line, and back. */
@NullMarked
package io.holdfast.protocol.trace;

import org.jspecify.annotations.NullMarked;
