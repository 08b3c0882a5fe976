package io.holdfast.proxy.session;

import io.holdfast.protocol.message.ErrorFields;
import org.jspecify.annotations.Nullable;

/**
 * Subject of a Parse of our own: before a text that was not understood is held, the server is asked whether it is a statement at
 * all. Parse runs nothing, and a typo should be answered by an error, not by waiting for two people.
 */
final class SyntaxCheck {
    private @Nullable ErrorFields error;

    void failed(ErrorFields fields) {
        error = fields;
    }

    /** What the server has against it; null: nothing, so somebody must decide. */
    @Nullable
    ErrorFields error() {
        return error;
    }
}
