/** The proxy: {@code Main} is the only place that wires services. */
@NullMarked
package io.holdfast.proxy;

import org.jspecify.annotations.NullMarked;
