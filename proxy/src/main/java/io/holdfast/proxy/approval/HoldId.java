package io.holdfast.proxy.approval;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people call a hold, such as {@code H-7K2M}. Short enough to say aloud; it is no secret and gives no right.
 *
 * @param text upper case
 */
public record HoldId(String text) {
    /** Crockford's base 32 without 0 and 1: no two of these look or sound alike. */
    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final Pattern FORM = Pattern.compile("H-[" + ALPHABET + "]{4,12}");
    private static final Pattern TYPED = Pattern.compile(FORM.pattern(), Pattern.CASE_INSENSITIVE); // of ASCII only

    public HoldId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("hold id: " + text + " (expected: " + FORM + ')');
        }
    }

    /** Reads what a person typed, in any case; empty if it cannot be an id. */
    public static Optional<HoldId> parse(String typed) {
        return TYPED.matcher(typed).matches()
                ? Optional.of(new HoldId(typed.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
