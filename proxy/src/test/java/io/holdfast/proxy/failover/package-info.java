/** Servers that die, freeze and change roles while many clients work, and what must be true of the rows afterwards. */
@NullMarked
package io.holdfast.proxy.failover;

import org.jspecify.annotations.NullMarked;
