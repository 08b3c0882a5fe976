package io.holdfast.proxy.ci;

import io.holdfast.config.CertificateSubject;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who connects, as far as it tells what they are.
 *
 * @param session the proxy's name of the session
 * @param user authenticated PostgreSQL user
 * @param person null: the user belongs to no configured person
 * @param database connected to
 * @param application application_name, empty if none
 * @param address of the client
 * @param declared whether the client has said {@code holdfast.origin=ci}
 * @param certificate that the client has shown, verified; null: none
 */
public record Caller(
        String session,
        String user,
        @Nullable String person,
        String database,
        String application,
        InetSocketAddress address,
        boolean declared,
        @Nullable CertificateSubject certificate) {
    /** Startup parameter, by itself or in {@code options}, with which a client says that it is CI. */
    public static final String ORIGIN = "holdfast.origin";

    /** Its only value that means something. */
    public static final String CI = "ci";

    /** What {@code holdfast ci-guard} calls itself in application_name: it asks in the name of a job. */
    public static final String GUARD = "holdfast ci-guard";
}
