package io.holdfast.proxy.session;

import java.util.concurrent.CompletionException;

/** What a look-up in the background has failed with. */
final class LookUpFailure {
    private LookUpFailure() {}

    /** In a few words, for people. */
    static String why(Throwable failure) {
        Throwable wrapped = failure instanceof CompletionException ? failure.getCause() : null;
        Throwable cause = wrapped == null ? failure : wrapped;
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
