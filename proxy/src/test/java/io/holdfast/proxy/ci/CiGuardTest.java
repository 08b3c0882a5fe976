package io.holdfast.proxy.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.Objection.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CiGuardTest {
    private static final Recognition RSPEC =
            Objects.requireNonNull(new CiRules(CiConfig.DEFAULT).recognise(Callers.with("rspec")));
    private static final DatabaseSays NOTHING = new DatabaseSays.Nothing();
    private static final DatabaseSays UNKNOWN = new DatabaseSays.Unknown("the server is away");

    @Test
    void ciReachesLocalDatabasesOnly() {
        CiGuard guard = guard(Mode.NORMAL, Silence.TRUST, Environment.LOCAL);

        assertThat(guard.objection("shop", RSPEC, NOTHING)).isNull();
        assertThat(guard.objection("shop", RSPEC, says("test"))).isNull();
        assertThat(cause(guard.objection("shop", RSPEC, says("staging")))).isEqualTo(Cause.STAGING);
        assertThat(cause(guard.objection("shop", RSPEC, says("production")))).isEqualTo(Cause.PRODUCTION);
        assertThat(cause(guard.objection("shop", RSPEC, UNKNOWN))).isEqualTo(Cause.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Environment.class,
            names = {"PRODUCTION", "STAGING"})
    void aServerThatTheConfigurationCallsOtherThanLocalIsNotWhateverTheDatabaseSays(Environment configured) {
        CiGuard guard = guard(Mode.NORMAL, Silence.TRUST, configured);

        for (DatabaseSays says : List.of(NOTHING, UNKNOWN, says("local"), says("production"))) {
            assertThat(cause(guard.objection("shop", RSPEC, says)).label())
                    .isEqualTo(configured.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource(Environment.class)
    void whoIsNotCiIsNotConcerned(Environment configured) {
        CiGuard guard = guard(Mode.NORMAL, Silence.REFUSE, configured);

        assertThat(guard.objection("shop", null, says("production"))).isNull();
        assertThat(guard.objection("shop", null, UNKNOWN)).isNull();
        assertThat(guard.concerns(null)).isFalse();
    }

    @Test
    void localOnlyConcernsEverybody() {
        CiGuard guard = guard(Mode.LOCAL_ONLY, Silence.TRUST, Environment.LOCAL);

        assertThat(guard.objection("shop", null, NOTHING)).isNull();
        assertThat(cause(guard.objection("shop", null, says("production")))).isEqualTo(Cause.PRODUCTION);
        assertThat(cause(guard.objection("shop", null, says("staging")))).isEqualTo(Cause.STAGING);
        assertThat(cause(guard.objection("shop", null, UNKNOWN))).isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void silenceCanBeRefused() {
        CiGuard guard = guard(Mode.LOCAL_ONLY, Silence.REFUSE, Environment.LOCAL);
        Objection objection = Objects.requireNonNull(guard.objection("latest_test", null, NOTHING));

        assertThat(objection.cause()).isEqualTo(Cause.SILENT);
        assertThat(objection.report().hint())
                .isEqualTo("ALTER DATABASE latest_test SET holdfast.environment = 'local' makes it say so.");
        assertThat(guard.objection("latest_test", null, says("local"))).isNull();
    }

    @Test
    void theClientIsToldWhatWasRecognisedWhyAndTheWayOut() {
        var report = Objects.requireNonNull(guard(Mode.NORMAL, Silence.TRUST, Environment.LOCAL)
                        .objection("shop", RSPEC, says("production")))
                .report();

        assertThat(report.sqlstate()).isEqualTo("PW008");
        assertThat(report.message()).isEqualTo("connection refused: CI reaches local databases only, and database \"shop\" is production");
        assertThat(report.detail())
                .isEqualTo(
                        "Taken for CI by its well-known name rspec: application_name \"rspec\". Holdfast.environment of"
                                + " database \"shop\" says \"production\".");
        assertThat(report.hint())
                .isEqualTo(
                        "Point the job at a database on its own machine. If it is no test and no CI job, give it another"
                                + " application_name.");
    }

    private static Cause cause(@Nullable Objection objection) {
        return Objects.requireNonNull(objection).cause();
    }

    private static DatabaseSays says(String word) {
        return new DatabaseSays.Is(Evidence.of("holdfast.environment of database \"shop\"", word));
    }

    private static CiGuard guard(Mode mode, Silence silence, Environment configured) {
        return new CiGuard(
                new CiConfig(
                        mode,
                        List.of(),
                        true,
                        List.of(),
                        silence,
                        null,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)),
                configured);
    }
}
