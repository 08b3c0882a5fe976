package io.holdfast.loadtest.rig;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all targets of a run.
 *
 * @param certificate that clients are shown; null: no TLS
 * @param bouncerAuth PgBouncer's auth_type
 * @param jvm options of the JVMs
 * @param variant more options, of {@link Kind#VARIANT} alone
 */
public record Terms(@Nullable Certificate certificate, String bouncerAuth, List<String> jvm, List<String> variant) {
    /** Whom a server lets in without a password, where a scenario's pg_hba.conf says so. */
    public static final String TRUSTED_USER = "trusted";

    public Terms {
        jvm = List.copyOf(jvm);
        variant = List.copyOf(variant);
    }

    /** No TLS, and PgBouncer's clients need no password, which matters only where they connect. */
    public static Terms plain(List<String> jvm) {
        return new Terms(null, "trust", jvm, List.of());
    }

    /** Those of all and its own, which come last and win. */
    List<String> allOfVariant() {
        return Stream.concat(jvm.stream(), variant.stream()).toList();
    }

    boolean tls() {
        return certificate != null;
    }
}
