/** The admin database and the HTTP endpoints. */
@NullMarked
package io.holdfast.proxy.console;

import org.jspecify.annotations.NullMarked;
