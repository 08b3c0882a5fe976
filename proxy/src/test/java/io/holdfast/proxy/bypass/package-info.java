/** The known ways around a proxy that reads SQL, tried on real servers; and what legitimate clients send, which must not wait. */
@NullMarked
package io.holdfast.proxy.bypass;

import org.jspecify.annotations.NullMarked;
