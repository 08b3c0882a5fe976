/** One client's conversation: phase table, reply ledger, routing, legs. */
@NullMarked
package io.holdfast.proxy.session;

import org.jspecify.annotations.NullMarked;
