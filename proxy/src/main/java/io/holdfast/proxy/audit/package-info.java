/** The append-only record of decisions. */
@NullMarked
package io.holdfast.proxy.audit;

import org.jspecify.annotations.NullMarked;
