/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, server and client side. */
@NullMarked
package io.holdfast.protocol.scram;

import org.jspecify.annotations.NullMarked;
