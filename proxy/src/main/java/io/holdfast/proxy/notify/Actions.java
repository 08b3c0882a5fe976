package io.holdfast.proxy.notify;

/** Names of what people can click and fill in. */
final class Actions {
    static final String APPROVE = "holdfast_approve";
    static final String DENY = "holdfast_deny";
    /** Ends what runs. */
    static final String CANCEL = "holdfast_cancel";
    /** Posts one hold of a summary by itself. */
    static final String SHOW = "holdfast_show";

    static final String REASON_BLOCK = "holdfast_reason";
    static final String REASON = "reason";

    private Actions() {}
}
