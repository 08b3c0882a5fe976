/** The servers behind the proxy: address, role, health, lag, verifiers. */
@NullMarked
package io.holdfast.proxy.upstream;

import org.jspecify.annotations.NullMarked;
