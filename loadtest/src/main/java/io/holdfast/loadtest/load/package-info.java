/** Clients: pgbench, and some that speak the protocol themselves. */
@NullMarked
package io.holdfast.loadtest.load;

import org.jspecify.annotations.NullMarked;
