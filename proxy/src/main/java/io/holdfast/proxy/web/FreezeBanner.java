package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.FreezeState;
import java.util.List;

/**
 * Stands above every page while anything is frozen.
 *
 * @param known false: the control store has not said yet what is frozen, and writes are refused
 * @param freezes all of them, the one for all databases first; empty if it is not known
 */
record FreezeBanner(boolean known, List<FreezeCard> freezes) {
    /** More would push the page out of sight; the page of the freezes has all. */
    private static final int SHOWN = 3;

    static FreezeBanner of(FreezeState state) {
        return new FreezeBanner(state.isKnown(), state.isKnown() ? FreezeCard.of(state) : List.of());
    }

    List<FreezeCard> shown() {
        return freezes.subList(0, Math.min(SHOWN, freezes.size()));
    }

    int more() {
        return Math.max(0, freezes.size() - SHOWN);
    }

    /** For who cannot see it change. */
    String summary() {
        if (!known) {
            return "Writes are refused";
        }
        return switch (freezes.size()) {
            case 0 -> "Nothing is frozen";
            case 1 -> "Writes are frozen in " + freezes.getFirst().scope();
            default -> "Writes are frozen in " + freezes.getFirst().scope() + " and elsewhere";
        };
    }
}
