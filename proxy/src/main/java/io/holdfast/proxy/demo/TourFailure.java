package io.holdfast.proxy.demo;

/** A step of the tour did not go as promised; the message says which promise, and what was seen instead. */
final class TourFailure extends Exception {
    private static final long serialVersionUID = 1L;

    TourFailure(String message) {
        super(message);
    }

    TourFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
