/** The CI guard: who is a test suite, what a database is, and what follows from that. Pure. */
@NullMarked
package io.holdfast.proxy.ci;

import org.jspecify.annotations.NullMarked;
