package io.holdfast.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A human. Two approvals are two persons, however many accounts each has.
 *
 * @param name unique, shown to people
 * @param postgres the PostgreSQL users this person logs in as; a user belongs to at most one person
 * @param slack the Slack member id; null: none
 * @param token SHA-256 of the token for the HTTP API, lower-case hexadecimal; null: none
 * @param approves whether this person may decide holds
 * @param breaksGlass whether this person may release a hold alone; only one who approves
 */
public record PersonConfig(
        String name,
        Set<String> postgres,
        @Nullable String slack,
        @Nullable String token,
        boolean approves,
        boolean breaksGlass) {
    public PersonConfig {
        postgres = Set.copyOf(postgres);
    }

    /** Somebody who releases nothing alone. */
    public PersonConfig(
            String name, Set<String> postgres, @Nullable String slack, @Nullable String token, boolean approves) {
        this(name, postgres, slack, token, approves, false);
    }

    /** Somebody without a token. */
    public PersonConfig(String name, Set<String> postgres, @Nullable String slack, boolean approves) {
        this(name, postgres, slack, null, approves);
    }
}
