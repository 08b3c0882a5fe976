package io.holdfast.proxy.approval;

/** The answer to a person who decides. */
public sealed interface Decision {
    /** Counted. */
    record Accepted(HoldView hold) implements Decision {}

    /**
     * Not counted; the hold is as it was.
     *
     * @param message lower case, for that person
     */
    record Refused(Reason reason, String message) implements Decision {}

    /** Why a decision is not counted. */
    enum Reason {
        UNKNOWN_HOLD("no such hold"),
        NOT_APPROVER("only a person who is configured with approves: true may decide"),
        OWN_REQUEST("nobody decides their own request"),
        ALREADY_DECIDED_BY_YOU("you have approved it already; another person must"),
        NOT_WAITING("it is not waiting for a decision"),
        /** To cancel: it does not run, or somebody has cancelled it already. */
        NOT_RUNNING("it is not running"),
        /** Longer than {@link HoldLimits#reasonChars}. */
        REASON_TOO_LONG("the reason is too long"),
        NOT_GLASS_BREAKER("only a person who is configured with break-glass: true may release alone"),
        NO_REASON("releasing alone needs a reason that says something, in at least eight letters"),
        /** More than {@link HoldLimits#glass} allows. */
        GLASS_TOO_OFTEN("you have released alone as often as one person may within an hour"),
        WRITES_FROZEN("writes are frozen there, and nobody is alone with that: THAW needs two persons");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For people, lower case. */
        public String text() {
            return text;
        }
    }
}
