package io.holdfast.proxy.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's decision.
 *
 * @param person name
 * @param approves false: denies
 * @param reason null: none given
 * @param at wall clock, for display
 */
public record Vote(
        String person, boolean approves, @Nullable String reason, Instant at, Channel channel) {}
