package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.execute;
import static io.holdfast.proxy.upstream.Live.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Upstream;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.proxy.upstream.VerifierLookup.Absent;
import io.holdfast.proxy.upstream.VerifierLookup.Found;
import io.holdfast.proxy.upstream.VerifierLookup.Reason;
import io.holdfast.proxy.upstream.VerifierLookup.Unavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthQueryVerifiersTest {
    private static PostgresCluster cluster;
    private static Upstream config;
    private static UpstreamMonitor monitor;
    private static AuthQueryVerifiers verifiers;

    @BeforeAll
    static void start() throws SQLException {
        cluster = PostgresCluster.builder().standbys(1).start();
        execute(
                cluster.primary(),
                "CREATE TABLE planted (name text)",
                "CREATE ROLE ada LOGIN PASSWORD 'analytical'",
                "CREATE ROLE \"O'Brien; DROP ROLE ada\" LOGIN PASSWORD 'quoted'",
                "CREATE ROLE bare LOGIN",
                "CREATE ROLE gone LOGIN PASSWORD 'old' VALID UNTIL '2001-01-01'",
                "SET password_encryption = 'md5'",
                "CREATE ROLE legacy LOGIN PASSWORD 'weak'");
        cluster.awaitReplay(Live.LIMIT);
        config = Live.upstream(Live.superuser(cluster), cluster.primary(), cluster.standby());
        monitor = Live.monitor(config);
        verifiers = new AuthQueryVerifiers(config, monitor);
    }

    @AfterAll
    static void stop() {
        verifiers.close();
        monitor.close();
        cluster.close();
    }

    private static VerifierLookup lookup(String user) {
        return verifiers.lookup(user).toCompletableFuture().join();
    }

    private static VerifierLookup lookupWith(String authQuery) {
        Upstream other = new Upstream(
                config.environment(),
                config.hosts(),
                config.tls(),
                config.account(),
                authQuery,
                config.maxLag(),
                config.fallback(),
                config.pollInterval(),
                config.connectTimeout());
        try (AuthQueryVerifiers source = new AuthQueryVerifiers(other, monitor)) {
            return source.lookup("ada").toCompletableFuture().join();
        }
    }

    @Test
    void userWithAScramPasswordHasAVerifier() {
        assertThat(lookup("ada"))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.verifier())
                                .matches("SCRAM-SHA-256\\$4096:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+"));
    }

    @Test
    void nameIsAValueAndNeverSql() {
        assertThat(lookup("O'Brien; DROP ROLE ada")).isInstanceOf(Found.class);
        assertThat(lookup("' OR true --")).isEqualTo(new Absent(Reason.UNKNOWN_USER));
        assertThat(lookup("ada")).isInstanceOf(Found.class);
    }

    @Test
    void reasonsForHavingNoVerifierAreTold() {
        assertThat(lookup("nobody")).isEqualTo(new Absent(Reason.UNKNOWN_USER));
        assertThat(lookup("")).isEqualTo(new Absent(Reason.UNKNOWN_USER));
        assertThat(lookup("bare")).isEqualTo(new Absent(Reason.NO_PASSWORD));
        assertThat(lookup("gone")).isEqualTo(new Absent(Reason.NO_PASSWORD));
        assertThat(lookup("legacy")).isEqualTo(new Absent(Reason.NOT_SCRAM));
    }

    @Test
    void queryOfAnotherPoolerWorks() {
        assertThat(lookupWith("SELECT usename, passwd FROM pg_shadow WHERE usename = $1"))
                .isInstanceOf(Found.class);
    }

    @Test
    void faultyQueryLetsNobodyIn() {
        assertThat(lookupWith("SELECT rolname, rolpassword FROM pg_authid WHERE rolname <> ? ORDER BY 1"))
                .isEqualTo(new Unavailable("auth_query answered for another user"));
        assertThat(lookupWith("SELECT ?, rolpassword FROM pg_authid"))
                .isEqualTo(new Unavailable("auth_query returned more than one row"));
        assertThat(lookupWith("SELECT nonsense(?)")).isInstanceOf(Unavailable.class);
        assertThat(lookupWith("INSERT INTO planted VALUES (?) RETURNING name, name"))
                .isInstanceOfSatisfying(
                        Unavailable.class, answer -> assertThat(answer.why()).contains("read-only transaction"));
    }

    @Test
    void stormOfLoginsIsAnsweredOrRefusedButNeverKept() {
        List<VerifierLookup> answers = new ArrayList<>();
        List<CompletionStage<VerifierLookup>> asked = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            asked.add(verifiers.lookup("ada"));
        }
        asked.forEach(stage -> answers.add(stage.toCompletableFuture().join()));
        assertThat(answers).hasSize(3_000).hasAtLeastOneElementOfType(Found.class);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOfAny(Found.class, Unavailable.class));
        assertThat(lookup("ada")).isInstanceOf(Found.class);
    }

    @Test
    void followerAnswersWhileThePrimaryIsDown() {
        cluster.primary().kill();
        try {
            assertThat(lookup("ada"))
                    .isInstanceOf(Found.class); // by itself it finds the dead connection and the way out
            until(() -> monitor.topology().primary() == null);
            assertThat(lookup("ada")).isInstanceOf(Found.class);
        } finally {
            cluster.primary().start();
        }
        until(() -> monitor.topology().primary() != null);
        assertThat(lookup("ada")).isInstanceOf(Found.class);
    }

    @Test
    void withoutAnyServerTheAnswerIsUnavailable() {
        UpstreamState nobody = new NoServer();
        try (AuthQueryVerifiers source = new AuthQueryVerifiers(config, nobody)) {
            assertThat(source.lookup("ada").toCompletableFuture().join())
                    .isEqualTo(new Unavailable("no server to ask: no primary: "));
        }
    }

    @Test
    void closedSourceAnswersAtOnce() {
        AuthQueryVerifiers source = new AuthQueryVerifiers(config, monitor);
        source.close();
        assertThat(source.lookup("ada").toCompletableFuture().join())
                .isEqualTo(new Unavailable("the proxy is stopping"));
    }
}
