package io.holdfast.proxy.ci;

import io.holdfast.proxy.error.ErrorReport;
import java.util.Locale;

/**
 * Why a client must not be where it is.
 *
 * @param cause in one word
 * @param rule that decided, for the audit
 * @param report what the client is told
 */
public record Objection(Cause cause, String rule, ErrorReport report) {
    /** What stands against it. */
    public enum Cause {
        PRODUCTION,
        STAGING,
        /** What the database is could not be found out. */
        UNKNOWN,
        /** It does not say that it is local, where it must. */
        SILENT,
        /** The server is not on this machine, nor in a listed network. */
        ADDRESS;

        /** Lower case, for meters. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
