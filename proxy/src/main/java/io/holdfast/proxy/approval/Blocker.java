package io.holdfast.proxy.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a lock that a released statement waits for, as the server says. Names and query are as they are; whoever shows them makes
 * them safe to look at, and takes secrets out.
 *
 * @param processId of the server; 0: a prepared transaction, which no session has
 * @param user empty: none, as of a background process
 * @param application what it calls itself, or the kind of a background process; empty if nothing
 * @param address of the client; {@code local} over a Unix socket, empty if there is none, or not for who looks
 * @param state in the server's words, such as {@code idle in transaction}; empty if it is not known
 * @param since when that state began, by the server's clock; null: not known
 * @param query its last one, or the beginning of it; empty if it is not known, or not for who looks
 */
public record Blocker(
        int processId,
        String user,
        String application,
        String address,
        String state,
        @Nullable Instant since,
        String query) {
    /** For who may not know where others are and what they send. */
    Blocker inPublic() {
        return new Blocker(processId, user, application, "", state, since, "");
    }
}
