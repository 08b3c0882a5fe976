/** Garbage, sudden death and floods: what must hold when nobody behaves. */
@NullMarked
package io.holdfast.proxy.chaos;

import org.jspecify.annotations.NullMarked;
