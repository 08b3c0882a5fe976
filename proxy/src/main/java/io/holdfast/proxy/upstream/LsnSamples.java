package io.holdfast.proxy.upstream;

import java.util.Arrays;

/**
 * What one primary said about its insert LSN, and when it was asked: the last {@value #CAPACITY} answers, oldest first, without those
 * that hurried polls made crowd: a later answer says the same and more. Immutable, so that event loops read it without a lock; a
 * new copy each poll is 4 KB.
 */
final class LsnSamples {
    static final int CAPACITY = 256;

    /** Kept samples are this far apart, but for the newest: 50 ms, so that all reach back at least 12 s. */
    static final long SPACING_NANOS = 50_000_000;

    static final LsnSamples NONE = new LsnSamples(new long[0], new long[0]);

    private final long[] sentAt;
    private final long[] lsn;

    private LsnSamples(long[] sentAt, long[] lsn) {
        this.sentAt = sentAt;
        this.lsn = lsn;
    }

    /**
     * These and one newer. An LSN below the last means that the primary came back from a crash without the end of its log: what was
     * said before is void.
     */
    LsnSamples plus(long newSentAt, long newLsn) {
        if (size() > 0 && !Lsn.covers(newLsn, newestLsn())) {
            return NONE.plus(newSentAt, newLsn);
        }
        int last = size() - 1;
        boolean crowded = last > 0 && newSentAt - sentAt[last - 1] < SPACING_NANOS;
        int old = crowded ? last : size();
        int from = old == CAPACITY ? 1 : 0;
        int kept = old - from;
        long[] times = Arrays.copyOfRange(sentAt, from, old + 1);
        long[] lsns = Arrays.copyOfRange(lsn, from, old + 1);
        times[kept] = newSentAt;
        lsns[kept] = newLsn;
        return new LsnSamples(times, lsns);
    }

    /** The LSN of the first sample asked for at or after this time; {@link UpstreamState#NOT_YET} if there is none. */
    long firstSince(long nanoTime) {
        long found = UpstreamState.NOT_YET;
        for (int i = size() - 1; i >= 0 && sentAt[i] - nanoTime >= 0; i--) {
            found = lsn[i];
        }
        return found;
    }

    /** The index of the newest sample that a server with this replay LSN covers; -1 if there is none. */
    int newestCoveredBy(long replayLsn) {
        int i = size() - 1;
        while (i >= 0 && !Lsn.covers(replayLsn, lsn[i])) {
            i--;
        }
        return i;
    }

    /** Whether the newest sample is the one asked for at this time. */
    boolean endsWith(long time) {
        return size() > 0 && sentAt[size() - 1] == time;
    }

    int size() {
        return lsn.length;
    }

    long sentAt(int index) {
        return sentAt[index];
    }

    /** {@link Lsn#ZERO} if there is no sample. */
    long newestLsn() {
        return size() == 0 ? Lsn.ZERO : lsn[size() - 1];
    }
}
