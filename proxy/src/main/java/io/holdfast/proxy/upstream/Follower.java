package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A host that is not the primary, as of its last poll.
 *
 * @param address as configured
 * @param replayLsn everything up to here can be read there; {@link Lsn#ZERO} if it did not answer as a standby
 * @param lag how old its state was at most; null: not known
 * @param usable whether reads may go there
 * @param why it is not usable, one lower-case line for people; empty if it is
 * @param polledAt monotonic, before it was asked; 0 if it did not answer as a standby
 */
public record Follower(
        HostPort address, long replayLsn, @Nullable Duration lag, boolean usable, String why, long polledAt) {}
