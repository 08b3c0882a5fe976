/** Values in binary format, as people read them. Pure: bytes and a type to text, or why not. */
@NullMarked
package io.holdfast.proxy.value;

import org.jspecify.annotations.NullMarked;
