package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.HoldLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who freezes has typed, or is offered.
 *
 * @param mode null: none that there is
 * @param one true: one database; false: all; null: not said
 * @param database its name, as typed
 * @param reason as typed
 * @param isMeant whether the second step was taken; it is never offered as taken
 * @param known databases that somebody is connected to, to choose from
 */
record FreezeForm(
        @Nullable FreezeMode mode,
        @Nullable Boolean one,
        String database,
        String reason,
        boolean isMeant,
        List<String> known) {
    static FreezeForm empty(List<String> known) {
        return new FreezeForm(FreezeMode.REFUSE, false, "", "", false, known);
    }

    static FreezeForm of(Form form, List<String> known) {
        String mode = form.text("mode");
        String scope = form.text("scope");
        return new FreezeForm(
                Stream.of(FreezeMode.values())
                        .filter(one -> one.label().equals(mode))
                        .findFirst()
                        .orElse(null),
                scope.equals("one") ? Boolean.TRUE : scope.equals("all") ? Boolean.FALSE : null,
                form.text("database"),
                form.text("reason"),
                "yes".equals(form.field("mean")),
                known);
    }

    /** Why this is not sent on; all but this the service judges. Empty: it is. */
    Optional<String> problem() {
        if (mode == null) {
            return Optional.of("say what becomes of writes: refuse, wait or now");
        }
        if (one == null) {
            return Optional.of("say whether all databases or one");
        }
        if (!one && !database.isEmpty()) {
            return Optional.of("a database is named, and all are chosen");
        }
        if (one && database.isEmpty()) {
            return Optional.of("say which database");
        }
        return isMeant ? Optional.empty() : Optional.of("say that you mean it, then freeze");
    }

    boolean isMode(FreezeMode other) {
        return mode == other;
    }

    /** In characters. */
    static int longestReason() {
        return HoldLimits.DEFAULT.reasonChars();
    }
}
