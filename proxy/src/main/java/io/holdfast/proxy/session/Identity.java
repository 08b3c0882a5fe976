package io.holdfast.proxy.session;

import io.holdfast.config.CertificateSubject;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.protocol.startup.StartupOptions;
import io.holdfast.proxy.ci.Caller;
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
 * @param certificate that the client has shown and TLS has verified; null: none
 */
public record Identity(
        String session,
        String user,
        @Nullable String person,
        String database,
        Map<String, String> parameters,
        InetSocketAddress address,
        ScramKeys keys,
        @Nullable CertificateSubject certificate) {
    public Identity {
        parameters = Map.copyOf(parameters);
    }

    /** Without a certificate. */
    public Identity(
            String session,
            String user,
            @Nullable String person,
            String database,
            Map<String, String> parameters,
            InetSocketAddress address,
            ScramKeys keys) {
        this(session, user, person, database, parameters, address, keys, null);
    }

    /** Whom the certificate names, for people; null: there is none. */
    public @Nullable String subject() {
        return certificate == null ? null : certificate.name();
    }

    /** application_name; empty if none was given. */
    public String application() {
        return parameters.getOrDefault("application_name", "");
    }

    /** The same client, as the CI guard sees it. */
    public Caller caller() {
        return new Caller(session, user, person, database, application(), address, declaresCi(), certificate);
    }

    /** Of a parameter that is given twice the server takes the last; here one is enough. */
    private boolean declaresCi() {
        return parameters.entrySet().stream()
                .anyMatch(parameter -> parameter.getKey().equalsIgnoreCase("options")
                        ? StartupOptions.parse(parameter.getValue()).stream()
                                .anyMatch(setting -> isCi(setting.name(), setting.value()))
                        : isCi(parameter.getKey(), parameter.getValue()));
    }

    private static boolean isCi(String name, String value) {
        return name.equalsIgnoreCase(Caller.ORIGIN) && value.strip().equalsIgnoreCase(Caller.CI);
    }

    /** The same client under the name that its application has given itself since, as many drivers do after login. */
    Identity withApplication(String name) {
        var changed = new HashMap<>(parameters);
        changed.put("application_name", name);
        return new Identity(session, user, person, database, changed, address, keys, certificate);
    }
}
