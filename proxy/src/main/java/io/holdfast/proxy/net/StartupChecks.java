package io.holdfast.proxy.net;

import io.holdfast.config.CertificateSubject;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.protocol.startup.InitialPacket.StartupMessage;
import io.holdfast.protocol.startup.StartupOptions;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.PinnedSettings;
import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a StartupMessage may ask for, and what becomes of it. */
final class StartupChecks {
    private static final Set<String> OURS = Set.of("user", "database", "options", "replication");

    private StartupChecks() {}

    /** Why this client cannot be served; null: it can. */
    static @Nullable ErrorReport objection(StartupMessage startup) {
        if (startup.user() == null) {
            return ProxyError.NO_USER.report();
        }
        if (isOn(startup.parameters().getOrDefault("replication", "false"))) {
            return ProxyError.INVALID_AUTHORIZATION.report("replication is not proxied");
        }
        for (Map.Entry<String, String> parameter : startup.parameters().entrySet()) {
            ErrorReport objection = setting(parameter.getKey().toLowerCase(Locale.ROOT), parameter.getValue());
            if (objection != null) {
                return objection;
            }
        }
        try {
            for (StartupOptions.Setting option :
                    StartupOptions.parse(startup.parameters().getOrDefault("options", ""))) {
                ErrorReport objection = setting(option.name(), option.value());
                if (objection != null) {
                    return objection;
                }
            }
        } catch (ProtocolViolation violation) {
            return ProxyError.INVALID_AUTHORIZATION.report(String.valueOf(violation.getMessage()));
        }
        return null;
    }

    /** Whoever has just proved to be the user; what is asked of servers on their behalf is made from scratch. */
    static Identity identity(
            StartupMessage startup,
            People people,
            Channel channel,
            ScramKeys keys,
            @Nullable CertificateSubject certificate) {
        var parameters = new LinkedHashMap<String, String>();
        startup.parameters().forEach((name, value) -> {
            if ((!OURS.contains(name) || name.equals("options")) && !name.startsWith("_pq_.")) {
                parameters.put(name, value);
            }
        });
        String user = String.valueOf(startup.user());
        String session = "S-" + UUID.randomUUID().toString().substring(0, 8);
        return new Identity(
                session,
                user,
                people.byPostgresUser(user).map(Person::name).orElse(null),
                String.valueOf(startup.database()),
                parameters,
                ClientAddress.of(channel),
                keys,
                certificate);
    }

    private static @Nullable ErrorReport setting(String name, String value) {
        String objection = PinnedSettings.objection(name, value);
        return objection == null ? null : ProxyError.INVALID_AUTHORIZATION.report(objection);
    }

    /** PostgreSQL takes any spelling of a boolean, and {@code database}. */
    private static boolean isOn(String replication) {
        return !Set.of("false", "off", "no", "0", "f", "n").contains(replication.toLowerCase(Locale.ROOT));
    }
}
