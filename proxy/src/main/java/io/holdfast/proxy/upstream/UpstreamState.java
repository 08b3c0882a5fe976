package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.util.Map;

/** What sessions ask about the servers. Every method returns at once, on any thread; those that read take no lock. */
public interface UpstreamState {
    /** No sample is late enough yet. As an unsigned LSN it is above all others, so that no follower covers it. */
    long NOT_YET = -1;

    /** Who is what, as of the last polls. */
    Topology topology();

    /**
     * How far a follower must have replayed to show all that was committed on the primary before {@code nanoTime}.
     *
     * @param nanoTime of the clock the proxy injects everywhere; read <em>after</em> the commit was answered
     * @return the primary's insert LSN from the first poll sent at or after that time (a later one if that is no longer kept), or
     *     {@link #NOT_YET}
     */
    long insertLsnAfter(long nanoTime);

    /** The newest known insert LSN of the primary; {@link Lsn#ZERO}: none yet. */
    long lastInsertLsn();

    /** A session could not connect to this host, or lost it: it is out until a poll sent from now on succeeds, and polled at once. */
    void suspect(HostPort host);

    /** Somebody waits for newer answers: every host that is up is polled now, unless that was done a moment ago. */
    void hurry();

    /**
     * ParameterStatus values of the primary that hold for every session (server_version, server_encoding, ...), without those that
     * depend on user, database or startup options. Empty until a primary has been seen; kept while there is none.
     */
    Map<String, String> primaryParameters();
}
