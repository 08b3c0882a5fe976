/**
 * A frame as one text line, and back, for tests and debug logs.
 *
 * <p>Both directions of the translation come from one table per direction, in which a message is a list of fields. So the
 * two cannot disagree.
 */
@NullMarked
package io.holdfast.protocol.trace;

import org.jspecify.annotations.NullMarked;
