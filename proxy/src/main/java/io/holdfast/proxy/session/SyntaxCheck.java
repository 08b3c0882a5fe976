package io.holdfast.proxy.session;

import io.holdfast.protocol.message.ErrorFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Subject of a Parse of our own: before a text that was not understood is held, the server is asked whether it is a statement at
 * all. Parse runs nothing, and a typo should be answered by an error, not by waiting for two people.
 */
final class SyntaxCheck {
    private final byte[] text;
    private final int start;
    private final int end;
    private @Nullable ErrorFields error;

    /** Of the statement that lies at start..end in the text. */
    SyntaxCheck(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /** The statement alone: Parse takes no second one. */
    byte[] statement() {
        return Arrays.copyOfRange(text, start, end);
    }

    void failed(ErrorFields fields) {
        String position = fields.position();
        // Positions count characters of the whole text.
        int before = new String(text, 0, start, StandardCharsets.UTF_8).length();
        error = position == null || before == 0 ? fields : fields.withPosition(Integer.parseInt(position) + before);
    }

    /** What the server has against it; null: nothing, so somebody must decide. */
    @Nullable
    ErrorFields error() {
        return error;
    }
}
