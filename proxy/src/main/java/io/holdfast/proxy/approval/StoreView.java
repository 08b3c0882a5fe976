package io.holdfast.proxy.approval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the control store holds, inside one transaction. */
public interface StoreView {
    /**
     * A hold, and the number of the change that made it what it is.
     *
     * @param by the proxy that made the change
     */
    record Changed(HoldRecord hold, long version, String by) {}

    /** How full it is: open holds, those of one user, and the characters of all. */
    record Load(int open, int ofUser, long chars) {}

    /** The clock that all proxies share. It may be set; no delay is counted by it. */
    Instant now();

    Optional<HoldRecord> find(HoldId id);

    /** In the order of opening. */
    List<HoldRecord> open();

    /** The open ones of this fingerprint, in the order of opening. */
    List<HoldRecord> open(Fingerprint fingerprint);

    /** The open ones whose owner is none of the proxies that are known. */
    List<HoldRecord> orphans();

    /** The open ones that nobody owns and whose deadline has passed by {@link #now}. */
    List<HoldRecord> overdue();

    /** The latest first. */
    List<HoldRecord> finished();

    /** How many there are in each state that is not final. */
    Map<HoldState, Integer> counts();

    Load load(String user);

    /** All that is frozen. */
    List<Freeze> freezes();

    /** How many holds this person has released alone since then. */
    int glassBroken(String person, Instant since);

    /** The number of the last change; each is one higher than the one before. */
    long version();

    /** What others than this proxy have changed last, after that change. */
    List<Changed> changedSince(long version, String proxy);

    /** The proxies that use it, and how often each has said that it lives. */
    Map<String, Long> beats();
}
