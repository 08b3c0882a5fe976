@NullMarked
package io.holdfast.protocol.trace;

import org.jspecify.annotations.NullMarked;
