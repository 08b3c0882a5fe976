package io.holdfast.proxy.policy;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.Upstream.Environment;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a unit, from where, and when.
 *
 * @param user authenticated PostgreSQL user
 * @param person null: the user belongs to no configured person
 * @param database connected to
 * @param application application_name, empty if none
 * @param address of the client
 * @param environment of the upstream
 * @param certificate that the client has shown, verified; null: none
 * @param at when; any instant will do where {@link Policy#hasHours} is false
 */
public record Requester(
        String user,
        @Nullable String person,
        String database,
        String application,
        InetAddress address,
        Environment environment,
        @Nullable CertificateSubject certificate,
        Instant at) {
    /** Without a certificate. */
    public Requester(
            String user,
            @Nullable String person,
            String database,
            String application,
            InetAddress address,
            Environment environment,
            Instant at) {
        this(user, person, database, application, address, environment, null, at);
    }
}
