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
        String statement) {}
