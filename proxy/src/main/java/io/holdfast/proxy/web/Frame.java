package io.holdfast.proxy.web;

import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param title a few words
 * @param login null: nobody is logged in
 * @param place which of the pages this is
 * @param frozen what is frozen, for who is logged in; null: nobody is
 */
record Frame(
        String title,
        @Nullable Login login,
        Place place,
        Assets assets,
        @Nullable FreezeBanner frozen) {
    /** In the navigation, and how the page follows what happens. */
    enum Place {
        HOLDS,
        /** What somebody types must not be lost: without JavaScript it does not reload by itself. */
        HOLD,
        HISTORY,
        SESSIONS,
        /** As with a hold. */
        FREEZE,
        /** Stands where another page would, until the control store is back. */
        AWAY,
        NONE
    }

    /** Whether it follows by JavaScript. */
    boolean isLive() {
        return login != null && place != Place.NONE;
    }

    /** Whether it loads itself again where there is no JavaScript. */
    boolean reloads() {
        return isLive() && place != Place.HOLD && place != Place.FREEZE;
    }
}
