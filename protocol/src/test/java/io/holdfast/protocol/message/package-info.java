@NullMarked
package io.holdfast.protocol.message;

import org.jspecify.annotations.NullMarked;
