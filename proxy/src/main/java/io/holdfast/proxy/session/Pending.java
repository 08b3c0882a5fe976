package io.holdfast.proxy.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The units of a session that have been neither sent nor answered, in order. The first leaves in one place, whatever becomes of it, as
 * what was tried and found out for it says nothing about the next.
 */
final class Pending {
    private final ArrayDeque<Unit> units = new ArrayDeque<>(2);
    private final Tries tries;
    private final LegAlignment alignment;
    private final Inquiries inquiries;

    Pending(Tries tries, LegAlignment alignment, Inquiries inquiries) {
        this.tries = tries;
        this.alignment = alignment;
        this.inquiries = inquiries;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    @Nullable
    Unit first() {
        return units.peekFirst();
    }

    /** The client has sent another one. */
    void add(Unit unit) {
        units.addLast(unit);
        tries.begin(false);
    }

    /** A follower could not answer it; nothing that the client has sent behind it may overtake it. */
    void again(Unit unit) {
        units.addFirst(unit);
        tries.begin(true);
    }

    /** The unit is on its way. */
    void leaves(Unit unit) {
        units.remove(unit);
        tries.end();
        alignment.reset();
        inquiries.reset();
    }

    /** The unit will not be sent. */
    void drop(Unit unit) {
        leaves(unit);
        unit.release();
    }

    /** The session is over. */
    void clear() {
        units.forEach(Unit::release);
        units.clear();
    }
}
