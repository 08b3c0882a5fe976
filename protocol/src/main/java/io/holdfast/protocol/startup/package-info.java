/** The untagged first packets of a connection. */
@NullMarked
package io.holdfast.protocol.startup;

import org.jspecify.annotations.NullMarked;
