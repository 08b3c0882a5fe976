package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthQueryTest {
    @Test
    void queryForPgBouncerIsUnderstood() {
        assertThat(AuthQuery.of("SELECT * FROM pgbouncer.get_auth($1)"))
                .isEqualTo(new AuthQuery("SELECT * FROM pgbouncer.get_auth(?)", 1));
    }

    @Test
    void nameMayBeUsedMoreThanOnce() {
        assertThat(AuthQuery.of("SELECT $1::text, verifier($1)"))
                .isEqualTo(new AuthQuery("SELECT ?::text, verifier(?)", 2));
    }

    @Test
    void jdbcQueryStaysAsItIs() {
        String query = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = ?";
        assertThat(AuthQuery.of(query)).isEqualTo(new AuthQuery(query, 1));
    }

    @Test
    void verifierIsNotShown() {
        assertThat(new VerifierLookup.Found("SCRAM-SHA-256$secret").toString()).doesNotContain("secret");
    }
}
