package io.holdfast.proxy.session;

/** What was tried for the first pending unit, so that it is not tried for ever. */
final class Tries {
    /** A server that was lost sight of is mostly back at once; a client is not failed over a blink. */
    static final int BLINK_MILLIS = 50;

    /** A follower that is almost fresh enough. */
    static final int LOOK_MILLIS = 5;

    private static final int MAX_LEGS = 4;
    private static final int MAX_BLINKS = 20;
    private static final int MAX_LOOKS = 10;

    private boolean primaryOnly;
    private int legs;
    private int blinks;
    private int looks;

    /** @param onPrimary a follower was tried and could not serve it */
    void begin(boolean onPrimary) {
        primaryOnly = onPrimary;
        legs = 0;
        blinks = 0;
        looks = 0;
    }

    /** The unit is through; the next may go to a follower again. */
    void end() {
        primaryOnly = false;
    }

    boolean primaryOnly() {
        return primaryOnly;
    }

    void legFailed() {
        legs++;
    }

    boolean mayOpenLeg() {
        return legs < MAX_LEGS;
    }

    /** Whether to look again in a moment for a server; counts. */
    boolean blinks() {
        return blinks++ != MAX_BLINKS;
    }

    boolean mayLook() {
        return looks < MAX_LOOKS;
    }

    /** Whether to look again in a moment for a follower; counts. */
    boolean looks() {
        return looks++ < MAX_LOOKS;
    }
}
