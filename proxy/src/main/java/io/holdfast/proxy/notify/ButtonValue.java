package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldView;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hold a button belongs to. Ids are short and may come again, after a restart for instance, and a click on an old message must
 * not decide what it never showed; so the time of opening belongs to it.
 *
 * @param openedMillis since the epoch
 */
record ButtonValue(HoldId id, long openedMillis) {
    private static final Pattern FORM = Pattern.compile("([^@]{1,32})@([0-9]{1,15})");

    static ButtonValue of(HoldView hold) {
        return new ButtonValue(hold.id(), hold.opened().toEpochMilli());
    }

    /** Reads {@link #text}; empty: it is something else. */
    static Optional<ButtonValue> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? HoldId.parse(parts.group(1)).map(id -> new ButtonValue(id, Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    boolean isOf(HoldView hold) {
        return equals(of(hold));
    }

    String text() {
        return id + "@" + openedMillis;
    }
}
