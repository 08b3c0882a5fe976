package io.holdfast.postgres;

import org.jspecify.annotations.Nullable;

/** A server could not be had. The message is one line for people: what is wrong and, where known, what to do. */
public final class PostgresException extends RuntimeException {
    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
