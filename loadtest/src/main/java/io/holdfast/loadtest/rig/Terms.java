package io.holdfast.loadtest.rig;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all targets of a run.
 *
 * @param certificate that clients are shown; null: no TLS
 * @param bouncerAuth PgBouncer's auth_type
 * @param jvm options of the JVMs
 */
public record Terms(@Nullable Certificate certificate, String bouncerAuth, List<String> jvm) {
    /** Whom a server lets in without a password, where a scenario's pg_hba.conf says so. */
    public static final String TRUSTED_USER = "trusted";

    public Terms {
        jvm = List.copyOf(jvm);
    }

    /** No TLS, and PgBouncer's clients need no password, which matters only where they connect. */
    public static Terms plain(List<String> jvm) {
        return new Terms(null, "trust", jvm);
    }

    boolean tls() {
        return certificate != null;
    }
}
