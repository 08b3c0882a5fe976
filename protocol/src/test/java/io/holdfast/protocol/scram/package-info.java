@NullMarked
package io.holdfast.protocol.scram;

import org.jspecify.annotations.NullMarked;
