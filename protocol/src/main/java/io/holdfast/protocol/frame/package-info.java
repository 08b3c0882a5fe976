/** Where a frame starts and ends; knows bytes, not SQL. */
@NullMarked
package io.holdfast.protocol.frame;

import org.jspecify.annotations.NullMarked;
