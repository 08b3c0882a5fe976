@NullMarked
package io.holdfast.protocol.startup;

import org.jspecify.annotations.NullMarked;
