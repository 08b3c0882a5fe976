package io.holdfast.proxy.approval;

/** The control store does not answer. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean mayHaveHappened;

    /**
     * With what it said.
     *
     * @param message lower case, for people
     * @param mayHaveHappened false: a change that was asked for was surely not made, now or later; true: nobody knows
     */
    public StoreUnavailableException(String message, boolean mayHaveHappened, Throwable cause) {
        super(message, cause);
        this.mayHaveHappened = mayHaveHappened;
    }

    /** Nothing was tried, because the last attempt failed a moment ago. */
    public StoreUnavailableException(String message) {
        super(message);
        this.mayHaveHappened = false;
    }

    /** Whether the change that was asked for may have been made all the same. */
    public boolean mayHaveHappened() {
        return mayHaveHappened;
    }
}
