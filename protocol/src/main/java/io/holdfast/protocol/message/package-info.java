/** Protocol messages: the two tag enums, records read on demand, and writers. */
@NullMarked
package io.holdfast.protocol.message;

import org.jspecify.annotations.NullMarked;
