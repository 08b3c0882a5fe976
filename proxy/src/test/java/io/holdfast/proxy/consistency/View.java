package io.holdfast.proxy.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one session has seen of counters that only grow; collects what contradicts that. */
final class View {
    private final String session;
    private final long[] seen;
    private final long[] own;
    private final List<String> violations = new ArrayList<>();

    /** Of every read. */
    private final List<String> servers = new ArrayList<>();

    View(String session, int counters) {
        this.session = session;
        seen = new long[counters];
        own = new long[counters];
    }

    /** The session's write was acknowledged. */
    void wrote(int counter, long value) {
        own[counter] = value;
        seen[counter] = Math.max(seen[counter], value);
    }

    /**
     * The session has read all counters in one snapshot.
     *
     * @param acknowledged what every writer had been told before the read began
     */
    void read(Reading reading, long[] acknowledged) {
        servers.add(reading.server());
        for (int i = 0; i < seen.length; i++) {
            long value = reading.values()[i];
            if (value < own[i]) {
                violations.add(session + " wrote " + own[i] + " to counter " + i + " and read " + value + " on "
                        + reading.server());
            } else if (value < seen[i] && (reading.onFollower() || value < acknowledged[i])) {
                // A primary may not show yet what a follower has shown already, until its writer is told.
                violations.add(session + " had read " + seen[i] + " from counter " + i + " and read " + value + " on "
                        + reading.server());
            }
            seen[i] = Math.max(seen[i], value);
        }
    }

    /** The server of each read, in order. */
    List<String> servers() {
        return servers;
    }

    /** How often a read went to another server than the one before it. */
    int moves() {
        int moves = 0;
        for (int i = 1; i < servers.size(); i++) {
            moves += servers.get(i).equals(servers.get(i - 1)) ? 0 : 1;
        }
        return moves;
    }

    List<String> violations() {
        return violations;
    }

    /** All counters at one moment, and who said so. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Reading(long[] values, String server, boolean onFollower) {
        @Override
        public String toString() {
            return server + Arrays.toString(values);
        }
    }
}
