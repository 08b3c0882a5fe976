package io.holdfast.proxy.approval;

import java.util.List;
import java.util.Optional;

/** Who may freeze and thaw, and when there are enough of them. The only place that knows, whatever the channel. Pure. */
final class ThawRule {
    /** Different persons who must want a thaw; the one who froze may be among them. */
    static final int PERSONS = 2;

    private ThawRule() {}

    /** Why this person's freeze does not count; empty: it does. One is enough: stopping must be quick. */
    static Optional<FreezeAnswer.Reason> objection(Person who) {
        return who.mayApprove() ? Optional.empty() : Optional.of(FreezeAnswer.Reason.NOT_APPROVER);
    }

    /** Why this person's word does not help to thaw it; empty: it does. */
    static Optional<FreezeAnswer.Reason> objection(Freeze freeze, Person who) {
        if (!who.mayApprove()) {
            return Optional.of(FreezeAnswer.Reason.NOT_APPROVER);
        }
        return freeze.thaws().contains(who.name())
                ? Optional.of(FreezeAnswer.Reason.ALREADY_SAID_BY_YOU)
                : Optional.empty();
    }

    /**
     * Who wants a milder freeze in its place once this person does, too: it takes as many as a thaw. Who had asked for yet another one
     * does not count for this.
     *
     * @return empty: this person has said so already
     */
    static Optional<Easing> ease(Freeze freeze, FreezeMode mode, Person who) {
        Easing before = freeze.easing();
        if (before == null || before.mode() != mode) {
            return Optional.of(new Easing(mode, List.of(who.name())));
        }
        return before.persons().contains(who.name()) ? Optional.empty() : Optional.of(before.with(who.name()));
    }

    /** How many more must want it; not above zero: enough do. */
    static int missing(List<String> thaws) {
        return PERSONS - (int) thaws.stream().distinct().count();
    }

    static boolean isSatisfied(List<String> thaws) {
        return missing(thaws) <= 0;
    }
}
