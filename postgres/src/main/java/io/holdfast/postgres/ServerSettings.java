package io.holdfast.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of one server: our defaults, then the caller's, then what the cluster's shape dictates. */
final class ServerSettings {
    /** What differs from PostgreSQL's defaults, and why. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "wal_level", "replica",
            "hot_standby", "on",
            // A standby that comes back late must still find what it missed; the slot does the same.
            "wal_keep_size", "256MB",
            // The default of 5 s is long for a test that restarts the primary.
            "wal_retrieve_retry_interval", "200ms",
            "log_line_prefix", "%m [%p] %q%u@%d/%a ",
            "log_timezone", "UTC",
            "timezone", "UTC");

    private ServerSettings() {}

    /** Our defaults under what was asked for. */
    static Map<String, String> merged(Map<String, String> wanted) {
        var settings = new LinkedHashMap<>(DEFAULTS);
        settings.putAll(wanted);
        return settings;
    }

    /** As lines of postgresql.conf, for a server on this machine. */
    static String lines(Map<String, String> wanted, Map<String, String> shape) {
        Map<String, String> settings = merged(wanted);
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", ""); // whoever may log in does so over TCP, with a password
        settings.putAll(shape);
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
    }
}
