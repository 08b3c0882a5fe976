package io.holdfast.proxy.session;

import io.holdfast.protocol.scram.ScramKeys;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged in, and how servers are logged in to on their behalf.
 *
 * @param session id of the session, for people
 * @param user authenticated PostgreSQL user
 * @param person name of the configured person; null if the user belongs to none
 * @param database connected to
 * @param parameters every other startup parameter, in the client's order
 * @param address of the client
 * @param keys recovered from the client's proof
 */
public record Identity(
        String session,
        String user,
        @Nullable String person,
        String database,
        Map<String, String> parameters,
        InetSocketAddress address,
        ScramKeys keys) {
    private static final String APPLICATION = "application_name";

    public Identity {
        parameters = Map.copyOf(parameters);
    }

    /** application_name at startup; empty if none was given. */
    public String application() {
        return parameters.getOrDefault(APPLICATION, "");
    }

    /** The same login under the name its application has given itself by now. */
    Identity as(String application) {
        if (application.equals(application())) {
            return this;
        }
        var renamed = new HashMap<>(parameters);
        renamed.put(APPLICATION, application);
        return new Identity(session, user, person, database, renamed, address, keys);
    }
}
