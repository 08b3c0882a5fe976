package io.holdfast.proxy.approval;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a hold stands. */
public enum HoldState {
    WAITING,
    /** Decided, not yet claimed by the session that waits. */
    APPROVED,
    /** Approved, its client gone: may be used once. */
    GRANTED,
    /** Claimed; executing. */
    RELEASED,
    EXECUTED,
    /** The server, or the way to it, answered with an error. */
    FAILED,
    /** The connection was lost while it ran; it may have taken effect. */
    UNKNOWN_OUTCOME,
    DENIED,
    EXPIRED,
    WITHDRAWN,
    GRANT_EXPIRED;

    private static final Map<HoldState, Map<HoldEvent, HoldState>> TABLE = new EnumMap<>(HoldState.class);

    static {
        //  from      event               to
        on(WAITING, HoldEvent.APPROVE, APPROVED);
        on(WAITING, HoldEvent.GRANT, GRANTED);
        on(WAITING, HoldEvent.DENY, DENIED);
        on(WAITING, HoldEvent.EXPIRE, EXPIRED);
        on(WAITING, HoldEvent.WITHDRAW, WITHDRAWN);
        on(APPROVED, HoldEvent.CLAIM, RELEASED);
        on(APPROVED, HoldEvent.GRANT, GRANTED);
        on(APPROVED, HoldEvent.EXPIRE, EXPIRED);
        on(APPROVED, HoldEvent.WITHDRAW, WITHDRAWN);
        on(GRANTED, HoldEvent.CLAIM, RELEASED);
        on(GRANTED, HoldEvent.EXPIRE, GRANT_EXPIRED);
        on(RELEASED, HoldEvent.SUCCEED, EXECUTED);
        on(RELEASED, HoldEvent.FAIL, FAILED);
        on(RELEASED, HoldEvent.LOSE, UNKNOWN_OUTCOME);
    }

    private static void on(HoldState from, HoldEvent event, HoldState to) {
        TABLE.computeIfAbsent(from, state -> new EnumMap<>(HoldEvent.class)).put(event, to);
    }

    /** Where the event leads; empty: it cannot happen here, and must change nothing. */
    Optional<HoldState> next(HoldEvent event) {
        return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(event));
    }

    /** Nothing can happen to it any more. */
    public boolean isFinal() {
        return !TABLE.containsKey(this);
    }

    /** For people: {@code unknown outcome}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
