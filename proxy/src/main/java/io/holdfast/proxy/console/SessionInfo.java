package io.holdfast.proxy.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client connection as the console shows it.
 *
 * @param session the proxy's name of it
 * @param person null: the user belongs to no configured person
 * @param state lower case, such as {@code idle} or {@code held as H-7K2M}
 * @param since when the client connected
 * @param statement the latest one; empty: none yet
 * @param ci the rule by which it is CI; null: it is not
 * @param certificate whom the client's certificate names; null: it has shown none
 */
public record SessionInfo(
        String session,
        String user,
        @Nullable String person,
        String database,
        String application,
        String address,
        String state,
        Instant since,
        String statement,
        @Nullable String ci,
        @Nullable String certificate) {
    /** One that is not CI and has no certificate. */
    public SessionInfo(
            String session,
            String user,
            @Nullable String person,
            String database,
            String application,
            String address,
            String state,
            Instant since,
            String statement) {
        this(session, user, person, database, application, address, state, since, statement, null, null);
    }
}
