/** Real clients, a real proxy, a real primary and a streaming standby. */
@NullMarked
package io.holdfast.proxy.e2e;

import org.jspecify.annotations.NullMarked;
