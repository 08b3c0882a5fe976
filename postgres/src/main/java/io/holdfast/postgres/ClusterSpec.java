package io.holdfast.postgres;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster should be; made by {@link PostgresCluster#builder()}.
 *
 * @param majorVersion empty: the newest there is
 * @param settings of postgresql.conf, for every server; they win over the defaults of {@link ServerSettings}
 * @param superuser role that initdb makes
 * @param password its password
 * @param standbys 0 or more
 * @param directory kept when the cluster closes, and continued when it has been used before; null: temporary
 * @param ports of the primary, then of the standbys; 0 or missing: a free one
 * @param certificate null: TLS is off
 * @param stopsAtExit the cluster closes itself when the JVM exits
 */
public record ClusterSpec(
        OptionalInt majorVersion,
        Map<String, String> settings,
        String superuser,
        String password,
        int standbys,
        @Nullable Path directory,
        List<Integer> ports,
        @Nullable ServerCertificate certificate,
        boolean stopsAtExit) {
    public ClusterSpec {
        settings = Map.copyOf(settings);
        ports = List.copyOf(ports);
        if (standbys < 0) {
            throw new IllegalArgumentException("standbys: " + standbys + " (expected: 0 or more)");
        }
    }

    /** The port asked for, 0 for any. */
    int port(int server) {
        return server < ports.size() ? ports.get(server) : 0;
    }

    /** The defaults: newest version, no standby, temporary, superuser {@code postgres} with a random password, no fsync. */
    public static final class Builder {
        private OptionalInt majorVersion = OptionalInt.empty();
        private final Map<String, String> settings = new LinkedHashMap<>(Map.of("fsync", "off"));
        private String superuser = "postgres";
        private String password = randomPassword();
        private int standbys;
        private @Nullable Path directory;
        private List<Integer> ports = List.of();
        private @Nullable ServerCertificate certificate;
        private boolean stopsAtExit = true;

        Builder() {}

        /** Major version, such as 18; its binaries must be on the class path. */
        public Builder version(int major) {
            majorVersion = OptionalInt.of(major);
            return this;
        }

        /** One line of postgresql.conf, the value unquoted. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public Builder settings(Map<String, String> values) {
            settings.putAll(values);
            return this;
        }

        /** Off by default: a test's data need not survive a power failure. Load tests turn it on. */
        public Builder fsync(boolean on) {
            return setting("fsync", on ? "on" : "off");
        }

        public Builder superuser(String name, String password) {
            this.superuser = name;
            this.password = password;
            return this;
        }

        public Builder standbys(int count) {
            standbys = count;
            return this;
        }

        /** Keeps the data there. A directory used before is continued; the superuser must then be the same. */
        public Builder directory(Path kept) {
            directory = kept;
            return this;
        }

        /** Ports of the primary, then of the standbys; 0 for any free one. */
        public Builder ports(Integer... ports) {
            this.ports = List.of(ports);
            return this;
        }

        /** Turns TLS on for every server. */
        public Builder tls(ServerCertificate shown) {
            certificate = shown;
            return this;
        }

        /** For a caller that closes the cluster at exit itself, after what depends on it. On by default. */
        public Builder stopsAtExit(boolean stops) {
            stopsAtExit = stops;
            return this;
        }

        public ClusterSpec build() {
            return new ClusterSpec(
                    majorVersion, settings, superuser, password, standbys, directory, ports, certificate, stopsAtExit);
        }

        /** Starts with the {@linkplain PostgresProvider#configured() configured} provider. */
        public PostgresCluster start() {
            return start(PostgresProvider.configured());
        }

        public PostgresCluster start(PostgresProvider provider) {
            return provider.start(build());
        }
    }

    static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
