package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same decision on several holds. Each is decided by itself, in the order given, and has an answer of its own: one that is refused
 * keeps none of the others.
 */
public final class ManyDecisions {
    /** Holds that are decided in one go; more is not looked at by anybody. */
    public static final int MOST = 20;

    private static final String UNCERTAIN = "the control store does not answer: it may have counted, or not";
    private static final String NOT_TRIED = "not tried, because the control store does not answer";

    /**
     * What became of one.
     *
     * @param typed its id as somebody typed it
     * @param hold as it is now; null: the decision was not counted, or that is not known
     * @param why then, lower case; null: it was counted
     */
    public record One(
            String typed, @Nullable HoldView hold, @Nullable String why) {
        private static One counted(String typed, HoldView hold) {
            return new One(typed, hold, null);
        }

        private static One not(String typed, String why) {
            return new One(typed, null, why);
        }

        /** Empty: not counted, or not known to be. */
        public Optional<HoldView> counted() {
            return Optional.ofNullable(hold);
        }
    }

    private ManyDecisions() {}

    /**
     * Decides one after the other. While the store does not answer the rest is not tried.
     *
     * @param typed ids, at most {@link #MOST}
     * @param decide one of them
     * @return an answer for each, in their order
     */
    public static List<One> of(List<String> typed, Function<HoldId, Decision> decide) {
        List<One> answers = new ArrayList<>();
        boolean silent = false;
        for (String each : typed) {
            if (silent) {
                answers.add(One.not(each, NOT_TRIED));
                continue;
            }
            Optional<HoldId> id = HoldId.parse(each);
            if (id.isEmpty()) {
                answers.add(One.not(each, Reason.UNKNOWN_HOLD.text()));
                continue;
            }
            try {
                answers.add(
                        switch (decide.apply(id.get())) {
                            case Decision.Accepted(var hold) -> One.counted(each, hold);
                            case Decision.Refused(var reason, var message) -> One.not(each, message);
                        });
            } catch (StoreUnavailableException e) {
                silent = true;
                answers.add(One.not(each, e.mayHaveHappened() ? UNCERTAIN : NOT_TRIED));
            }
        }
        return List.copyOf(answers);
    }
}
