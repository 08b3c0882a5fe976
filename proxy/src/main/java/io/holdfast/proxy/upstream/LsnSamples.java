package io.holdfast.proxy.upstream;

import java.util.Arrays;

/**
 * What one primary said about its insert LSN, and when it was asked: the last {@value #CAPACITY} answers, oldest first. Immutable, so
 * that event loops read it without a lock; a new copy each poll is 4 KB.
 */
final class LsnSamples {
    static final int CAPACITY = 256;
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
        int from = size() == CAPACITY ? 1 : 0;
        int kept = size() - from;
        long[] times = Arrays.copyOfRange(sentAt, from, size() + 1);
        long[] lsns = Arrays.copyOfRange(lsn, from, size() + 1);
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
