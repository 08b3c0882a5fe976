package io.holdfast.proxy.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.Upstream.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final Instant NOON = Instant.parse("2026-03-13T12:00:00Z");
    private static final Duration QUIET = Duration.ofMinutes(10);
    private final Jobs jobs = new Jobs(QUIET);

    @Test
    void aThousandRefusalsOfOneJobAreAnnouncedOnceAndThenCounted() {
        assertThat(jobs.refused(refusal("10.1.2.3", "jest-worker-1"), NOON))
                .singleElement()
                .satisfies(first -> assertThat(first.over()).isFalse());
        for (int i = 2; i <= 1_000; i++) {
            assertThat(jobs.refused(refusal("10.1.2.3", "jest-worker-" + i), NOON.plusSeconds(i)))
                    .isEmpty();
        }

        assertThat(jobs.over(NOON.plusSeconds(1_000).plus(QUIET).minusMillis(1)))
                .isEmpty();
        List<Announcement> end = jobs.over(NOON.plusSeconds(1_000).plus(QUIET));

        assertThat(end).singleElement().satisfies(told -> {
            assertThat(told.count()).isEqualTo(1_000);
            assertThat(told.over()).isTrue();
            assertThat(told.text()).endsWith(" In all 1000 times within 1000 s.");
        });
        assertThat(jobs.over(NOON.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void whatHappenedOnceIsToldOnce() {
        jobs.refused(refusal("10.1.2.3", "rspec"), NOON);

        assertThat(jobs.over(NOON.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(jobs.refused(refusal("10.1.2.3", "rspec"), NOON.plus(Duration.ofDays(1))))
                .hasSize(1);
    }

    @Test
    void anotherMachineOrProgramIsAnotherJob() {
        jobs.refused(refusal("10.1.2.3", "rspec"), NOON);

        assertThat(jobs.refused(refusal("10.1.2.4", "rspec"), NOON)).hasSize(1);
        assertThat(jobs.refused(refusal("10.1.2.3", "pytest"), NOON)).hasSize(1);
        assertThat(jobs.refused(refusal("10.1.2.3", "rspec"), NOON)).isEmpty();
    }

    @Test
    void theAnnouncementSaysWhoFromWhereAndWhy() {
        Announcement told = jobs.refused(refusal("10.1.2.3", "rspec"), NOON).getFirst();

        assertThat(told.text())
                .isEqualTo("CI was kept away from database \"shop\": user \"ana\" from 10.1.2.3 with \"rspec\"."
                        + " connection refused: CI reaches local databases only, and database \"shop\" is production. Taken for CI by its well-known"
                        + " name rspec: application_name \"rspec\". The configuration calls its server production.");
    }

    private static Refusal refusal(String address, String application) {
        Caller caller = Callers.caller("ana", address, application, false);
        Recognition ci = Objects.requireNonNull(new CiRules(CiConfig.DEFAULT).recognise(caller));
        Objection objection = Objects.requireNonNull(new CiGuard(CiConfig.DEFAULT, Environment.PRODUCTION)
                .objection("shop", ci, new DatabaseSays.Nothing()));
        return new Refusal(caller, ci, objection, false);
    }
}
