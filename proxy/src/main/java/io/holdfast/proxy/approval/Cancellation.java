package io.holdfast.proxy.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An approver wants a released statement ended while it runs.
 *
 * @param person name
 * @param reason null: none given
 * @param at the control store's clock, for display
 */
public record Cancellation(String person, @Nullable String reason, Instant at, Channel channel) {}
