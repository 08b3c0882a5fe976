@NullMarked
package io.holdfast.protocol.frame;

import org.jspecify.annotations.NullMarked;
