package io.holdfast.proxy.estimate;

import io.holdfast.proxy.approval.HoldRequest;
import java.util.Map;

/**
 * The session in which a text means what it means.
 *
 * @param user authenticated PostgreSQL user
 * @param database connected to
 * @param settings those that change the meaning, such as {@code search_path}, as a {@link HoldRequest} has them
 */
public record SessionState(String user, String database, Map<String, String> settings) {
    public SessionState {
        settings = Map.copyOf(settings);
    }

    /** Of the session that asks for a hold. */
    public static SessionState of(HoldRequest request) {
        return new SessionState(request.user(), request.database(), request.settings());
    }
}
