/** Netty, TLS, back-pressure; decides nothing. */
@NullMarked
package io.holdfast.proxy.net;

import org.jspecify.annotations.NullMarked;
