package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Easing;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeState;
import io.holdfast.proxy.console.Visible;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A freeze, as it is shown.
 *
 * @param scope all databases, or which one
 * @param mode a sentence without its full stop: what becomes of writes
 * @param since when, for people
 * @param thaw how it ends, and who has asked for that, or for a milder one: a sentence or two
 * @param form what the viewer may do; null: only shown
 */
record FreezeCard(
        String scope,
        String mode,
        String person,
        String reason,
        String since,
        String thaw,
        @Nullable ThawForm form) {
    static List<FreezeCard> of(FreezeState state) {
        return state.freezes().stream().map(freeze -> of(freeze, null)).toList();
    }

    static FreezeCard of(Freeze freeze, @Nullable ThawForm form) {
        return new FreezeCard(
                Visible.name(freeze.scope()),
                mode(freeze.mode()),
                Visible.name(freeze.person()),
                Visible.name(freeze.reason()),
                HoldCard.when(freeze.since()),
                thaw(freeze) + easing(freeze.easing()),
                form);
    }

    static String mode(FreezeMode mode) {
        return switch (mode) {
            case REFUSE -> "New writes are refused";
            case WAIT -> "New writes wait for the thaw";
            case NOW -> "New writes are refused; sessions that were writing were ended";
        };
    }

    private static String easing(@Nullable Easing easing) {
        return easing == null ? "" : ' ' + Visible.name(easing.text()) + ", which is milder; another person must, too.";
    }

    private static String thaw(Freeze freeze) {
        int missing = freeze.thawsMissing();
        if (freeze.thaws().isEmpty()) {
            return "Nobody has asked for the thaw; it needs " + missing + " persons.";
        }
        String asked = freeze.thaws().stream().map(Visible::name).collect(Collectors.joining(", "));
        String others = missing == 1 ? "another person must, too." : missing + " others must, too.";
        return asked + (freeze.thaws().size() == 1 ? " has" : " have") + " asked for the thaw; " + others;
    }
}
