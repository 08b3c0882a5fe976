package io.holdfast.proxy.approval;

/** The answer to a person who freezes or thaws. */
public sealed interface FreezeAnswer {
    /** Writes are stopped. */
    record Frozen(Freeze freeze) implements FreezeAnswer {}

    /** One person wants the thaw, another must, too. */
    record OneMore(Freeze freeze) implements FreezeAnswer {}

    /** One person wants a milder freeze in the place of this, another must, too. */
    record OneMoreToEase(Freeze freeze) implements FreezeAnswer {}

    /** Writes go on; this is what it was. */
    record Thawed(Freeze freeze) implements FreezeAnswer {}

    /**
     * Nothing has changed.
     *
     * @param message lower case, for that person
     */
    record Refused(Reason reason, String message) implements FreezeAnswer {}

    /** Why nothing has changed. */
    enum Reason {
        NOT_APPROVER("only a person who is configured with approves: true may freeze or thaw"),
        NOT_FROZEN("there is no such freeze"),
        ALREADY_SAID_BY_YOU("you have asked for the thaw already; another person must"),
        ALREADY_EASED_BY_YOU("you have asked for the milder freeze already; another person must"),
        /** PostgreSQL cuts longer names, and a freeze of one would stop nothing. */
        NOT_A_DATABASE("no database can have this name"),
        NO_REASON("a freeze needs a reason"),
        /** Longer than {@link HoldLimits#reasonChars}. */
        REASON_TOO_LONG("the reason is too long");

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
