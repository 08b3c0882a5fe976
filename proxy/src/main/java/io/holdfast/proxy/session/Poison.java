package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import java.util.UUID;

/**
 * Subject of a request that is meant to fail: it makes the server roll back, or fail, the transaction that a refused statement
 * belongs to, and our error goes to the client in place of the server's (BYPASS P-13).
 *
 * @param error a whole ErrorResponse
 */
record Poison(ByteBuf error) {
    /** A portal that exists on no server: no client can guess its name. */
    static final String PORTAL = "holdfast_refused_" + UUID.randomUUID();
}
