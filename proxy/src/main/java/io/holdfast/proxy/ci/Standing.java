package io.holdfast.proxy.ci;

import io.holdfast.config.Upstream.Environment;
import java.util.Comparator;

/** How environments compare, and what counts for a database of which several have spoken. */
public final class Standing {
    static final Comparator<Environment> STRICTEST_FIRST = Comparator.comparingInt(Standing::rank);

    private Standing() {}

    /**
     * What a database is: the stricter of what the configuration calls its servers and what it says itself. What is not known does not
     * count here; who must not rely on that asks {@link CiGuard}.
     */
    public static Environment of(Environment configured, DatabaseSays says) {
        return switch (says) {
            case DatabaseSays.Is(var evidence) ->
                rank(evidence.environment()) < rank(configured) ? evidence.environment() : configured;
            case DatabaseSays.Nothing() -> configured;
            case DatabaseSays.Unknown unknown -> configured;
        };
    }

    static boolean isLocal(Environment environment) {
        return environment == Environment.LOCAL;
    }

    static boolean isProduction(Environment environment) {
        return environment == Environment.PRODUCTION;
    }

    private static int rank(Environment environment) {
        return switch (environment) {
            case PRODUCTION -> 0;
            case STAGING -> 1;
            case LOCAL -> 2;
        };
    }
}
