package io.holdfast.config;

import java.time.Duration;
import java.util.List;

/**
 * The servers behind the proxy. Which of them is the primary is found by asking, never configured.
 *
 * @param environment what these servers are
 * @param hosts at least one
 * @param tls towards every host
 * @param account the login of background work: roles, lag, verifiers
 * @param authQuery SQL with one {@code $1}/{@code ?}, the user name; returns one row (name, SCRAM verifier or null)
 * @param maxLag a follower further behind serves no reads
 * @param fallback where reads go while no follower is fresh enough
 * @param consistency what a session's reads are sure to show
 * @param pollInterval between two looks at every server
 * @param connectTimeout for one connection attempt, name look-up and login included
 * @param applicationNameAddHost whether servers see the client's address in application_name
 */
public record Upstream(
        Environment environment,
        List<HostPort> hosts,
        UpstreamTls tls,
        Account account,
        String authQuery,
        Duration maxLag,
        Fallback fallback,
        Consistency consistency,
        Duration pollInterval,
        Duration connectTimeout,
        boolean applicationNameAddHost) {
    /** An expired verifier is none, as PostgreSQL itself has it. */
    public static final String DEFAULT_AUTH_QUERY =
            "SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END FROM pg_authid WHERE rolname = ?";

    public Upstream {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts: none (expected: at least one)");
        }
    }

    /** With consistency {@link Consistency#SESSION}; names of applications are passed on as they are. */
    public Upstream(
            Environment environment,
            List<HostPort> hosts,
            UpstreamTls tls,
            Account account,
            String authQuery,
            Duration maxLag,
            Fallback fallback,
            Duration pollInterval,
            Duration connectTimeout) {
        this(
                environment,
                hosts,
                tls,
                account,
                authQuery,
                maxLag,
                fallback,
                Consistency.SESSION,
                pollInterval,
                connectTimeout,
                false);
    }

    /** What a set of servers is; rules and the CI guard depend on it. */
    public enum Environment {
        PRODUCTION,
        STAGING,
        LOCAL
    }

    /** Where a read goes while no follower is reachable and fresh. */
    public enum Fallback {
        PRIMARY,
        ERROR
    }

    /** What a read on a follower is sure to show, beyond a state no older than max-lag. */
    public enum Consistency {
        /** What the session has written, and nothing older than it has read before. */
        SESSION,
        /** That, and what the same user has written in other sessions through this proxy. */
        USER,
        /** Nothing: the session may not see what it has just written. */
        NONE
    }

    /**
     * A login of the proxy's own.
     *
     * @param user role name
     * @param password clear text, from the environment or a file; empty: none
     * @param database to connect to
     */
    public record Account(String user, String password, String database) {
        @Override
        public String toString() {
            return "Account[user=" + user + ", database=" + database + ']';
        }
    }
}
