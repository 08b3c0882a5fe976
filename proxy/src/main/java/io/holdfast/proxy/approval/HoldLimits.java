package io.holdfast.proxy.approval;

import io.holdfast.config.Protect.BreakGlass;

/**
 * Bounds on memory, and on what one person does alone.
 *
 * @param open holds that have not ended; further ones are not opened
 * @param openPerUser the same of one PostgreSQL user, so that a runaway script cannot keep everybody else from asking
 * @param finished holds that are remembered; the oldest are forgotten
 * @param openChars text and values of all open holds together, in chars
 * @param finishedChars the same of the remembered ones
 * @param reasonChars of the reason a person gives, in chars
 * @param glass of break-glass
 */
public record HoldLimits(
        int open,
        int openPerUser,
        int finished,
        long openChars,
        long finishedChars,
        int reasonChars,
        BreakGlass glass) {
    /** 1,000 holds either way, and 64 MiB of text in Latin script in all. */
    public static final HoldLimits DEFAULT = new HoldLimits(1_000, 100, 1_000, 32 << 20, 32 << 20, 1_000);

    /** With the default bounds of break-glass. */
    public HoldLimits(int open, int openPerUser, int finished, long openChars, long finishedChars, int reasonChars) {
        this(open, openPerUser, finished, openChars, finishedChars, reasonChars, BreakGlass.DEFAULT);
    }

    /** The same with the configured bounds of break-glass. */
    public HoldLimits with(BreakGlass configured) {
        return new HoldLimits(open, openPerUser, finished, openChars, finishedChars, reasonChars, configured);
    }
}
