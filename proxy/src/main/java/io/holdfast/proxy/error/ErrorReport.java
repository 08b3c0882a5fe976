package io.holdfast.proxy.error;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one ErrorResponse. No field contains a control character, so each is one line and fits a C string.
 *
 * @param sqlstate five characters
 * @param message primary message, lower case, no full stop
 * @param detail null: none
 * @param hint null: none
 * @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and Notice Message Fields</a>
 */
public record ErrorReport(
        Severity severity,
        String sqlstate,
        String message,
        @Nullable String detail,
        @Nullable String hint) {
    public ErrorReport {
        message = oneLine(message);
        detail = detail == null ? null : oneLine(detail);
        hint = hint == null ? null : oneLine(hint);
    }

    /** The same report with what is known of this case, such as the reason somebody gave; empty: no detail. */
    public ErrorReport withDetail(String text) {
        return new ErrorReport(severity, sqlstate, message, text.isEmpty() ? null : text, hint);
    }

    /** The same report with a hint that fits this case better. */
    public ErrorReport withHint(String text) {
        return new ErrorReport(severity, sqlstate, message, detail, text);
    }

    /** Names and reasons come from clients and people: what they contain must not end the field or fake another line. */
    private static String oneLine(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }
}
