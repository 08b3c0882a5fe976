package io.holdfast.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is CI, and how a database says what it is. CI reaches local databases only.
 *
 * @param mode whether the proxy serves anything but local databases
 * @param localNetworks where servers count as local, beside loopback; for mode local-only
 * @param wellKnown whether the names of well-known test tools and runners are CI
 * @param rules who else is CI; any that matches suffices
 * @param silence what to make of a database that does not say what it is
 * @param environmentQuery SQL whose first column is a word such as {@code production}; null: none
 * @param environmentRefresh a database in use is asked again what it is after this
 * @param announceAgain refusals of one job within this are announced once
 */
public record CiConfig(
        Mode mode,
        List<Cidr> localNetworks,
        boolean wellKnown,
        List<CiRule> rules,
        Silence silence,
        @Nullable String environmentQuery,
        Duration environmentRefresh,
        Duration announceAgain) {
    /** Well-known names only, 30 seconds, 10 minutes. */
    public static final CiConfig DEFAULT = new CiConfig(
            Mode.NORMAL,
            List.of(),
            true,
            List.of(),
            Silence.TRUST,
            null,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    public CiConfig {
        localNetworks = List.copyOf(localNetworks);
        rules = List.copyOf(rules);
    }

    /** Whether nothing but local databases is served. */
    public boolean isLocalOnly() {
        return mode == Mode.LOCAL_ONLY;
    }

    /** What a proxy is for. */
    public enum Mode {
        /** CI reaches local databases only, everybody else all. */
        NORMAL,
        /** Nobody reaches anything but local databases: the proxy of a CI job or a laptop. */
        LOCAL_ONLY
    }

    /** What a database is that says nothing of itself. */
    public enum Silence {
        /** What the configuration and its address say. */
        TRUST,
        /** Not local. */
        REFUSE
    }

    /**
     * A kind of CI client. What is empty matches everything; at least one is not.
     *
     * @param name unique, shown to people
     * @param applications patterns of application_name, {@code *} for any characters, without regard to case
     * @param users PostgreSQL user names
     * @param networks of clients
     * @param certificates patterns as {@link CertificatePattern} has them; who has shown none matches none
     */
    public record CiRule(
            String name, List<String> applications, Set<String> users, List<Cidr> networks, List<String> certificates) {
        public CiRule {
            applications = List.copyOf(applications);
            users = Set.copyOf(users);
            networks = List.copyOf(networks);
            certificates = List.copyOf(certificates);
            if (applications.isEmpty() && users.isEmpty() && networks.isEmpty() && certificates.isEmpty()) {
                throw new IllegalArgumentException("rule: " + name + " without conditions (expected: at least one)");
            }
        }

        /** With or without a certificate. */
        public CiRule(String name, List<String> applications, Set<String> users, List<Cidr> networks) {
            this(name, applications, users, networks, List.of());
        }
    }
}
