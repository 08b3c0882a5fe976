/** Every meter's name, tags and unit. */
@NullMarked
package io.holdfast.proxy.metrics;

import org.jspecify.annotations.NullMarked;
