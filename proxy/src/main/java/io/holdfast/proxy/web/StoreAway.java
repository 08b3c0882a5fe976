package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.StoreUnavailableException;
import io.javalin.http.HttpStatus;
import java.util.function.Supplier;

/** What a browser is told while the control store does not answer. Where it is not known whether a change has happened, nobody guesses. */
final class StoreAway {
    private StoreAway() {}

    /** Somebody looked, or what was asked for did not reach the store. */
    static Refusal nothingDone() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The control store does not answer",
                "Nothing was decided, frozen or thawed by this. Nothing new can be held, what waits goes on waiting, and what was frozen"
                        + " stays frozen. Load the page again when the store is back.");
    }

    /**
     * Does what changes the store.
     *
     * @param wherever a sentence: what will tell whether it has happened
     * @throws Refusal if the store does not answer; it says whether it may have happened
     */
    static <T> T deciding(String wherever, Supplier<T> change) throws Refusal {
        try {
            return change.get();
        } catch (StoreUnavailableException e) {
            if (!e.mayHaveHappened()) {
                throw nothingDone();
            }
            throw new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Not known whether this counted",
                    "The control store does not answer. What you sent may have reached it, or not: do not take it for done. "
                            + wherever);
        }
    }
}
