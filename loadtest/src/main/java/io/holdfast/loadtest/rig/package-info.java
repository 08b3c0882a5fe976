/** The processes that a load is put on, and the servers behind them; each is stopped when it is closed, or when this JVM ends. */
@NullMarked
package io.holdfast.loadtest.rig;

import org.jspecify.annotations.NullMarked;
