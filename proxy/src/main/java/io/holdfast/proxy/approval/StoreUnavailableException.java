package io.holdfast.proxy.approval;

/** The control store does not answer. Of a change it is not known whether it has happened. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message lower case, for people */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a cause: none was tried, because the last attempt failed a moment ago. */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
