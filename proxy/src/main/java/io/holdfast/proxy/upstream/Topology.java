package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is what, at one moment.
 *
 * @param primary null: none is known, or more than one host claims to be it
 * @param followers every other configured host, usable or not, in the configured order
 * @param silent hosts that do not answer at all, so that open connections to them will not end by themselves
 */
public record Topology(@Nullable HostPort primary, List<Follower> followers, Set<HostPort> silent) {
    // One that may be used knows its lag.
    private static final Comparator<Follower> LEAST_LAG =
            Comparator.comparing(follower -> follower.lag() == null ? Duration.ofDays(1) : follower.lag());

    public Topology {
        followers = List.copyOf(followers);
        silent = Set.copyOf(silent);
    }

    /** No host is silent. */
    public Topology(@Nullable HostPort primary, List<Follower> followers) {
        this(primary, followers, Set.of());
    }

    /**
     * The follower for a read: of those that may be used and have replayed enough, the one that lags least.
     *
     * @param minimumLsn what must be readable there, unsigned; {@link Lsn#ZERO} accepts any, {@link UpstreamState#NOT_YET} none
     */
    public Optional<HostPort> freshest(long minimumLsn) {
        return followers.stream()
                .filter(follower -> follower.usable() && Lsn.covers(follower.replayLsn(), minimumLsn))
                .min(LEAST_LAG)
                .map(Follower::address);
    }

    /** The host's entry; null: it is the primary, or not configured. */
    public @Nullable Follower follower(HostPort host) {
        for (Follower follower : followers) {
            if (follower.address().equals(host)) {
                return follower;
            }
        }
        return null;
    }

    /** One line for people saying why {@link #primary} is null; empty if it is not. */
    public String whyNoPrimary() {
        return primary != null
                ? ""
                : followers.stream()
                        .map(host -> host.address() + (host.usable() ? " is a follower" : ": " + host.why()))
                        .collect(Collectors.joining("; ", "no primary: ", ""));
    }
}
