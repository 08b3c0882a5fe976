package io.holdfast.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Supervision;
import io.holdfast.proxy.audit.SecretRedactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldDocumentsTest {
    private static final Instant AT = Instant.parse("2026-03-13T09:00:07.123456Z");
    private static final Outcome DONE = new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(4));

    static Stream<RestorePoint> restorePoints() {
        return Stream.of(
                new RestorePoint.Named("holdfast-H-7K2M-20260313T090007Z", "0/1A2B3C8", AT),
                new RestorePoint.Position("16/B374D848", AT, "ERROR: permission denied"),
                new RestorePoint.None("no answer within 2000 ms"));
    }

    @ParameterizedTest
    @MethodSource("restorePoints")
    void aRestorePointComesBackAsItWas(RestorePoint point) {
        assertThat(HoldDocuments.progress(HoldDocuments.progress(progress(point, DONE, null))))
                .isEqualTo(progress(point, DONE, null));
    }

    @Test
    void whatAHoldLooksLikeStaysWithIt() {
        for (HoldRequest request : List.of(Holds.request("TRUNCATE a"), Holds.looking("TRUNCATE a", "a cleaner"))) {
            assertThat(HoldDocuments.request(HoldDocuments.text(request, Holds.TWO))
                            .request()
                            .looksLike())
                    .isEqualTo(request.looksLike());
        }
    }

    @Test
    void aDocumentFromBeforeThereWereRestorePointsIsRead() {
        String old = "{\"v\":1,\"votes\":[],\"note\":null,\"tag\":\"TRUNCATE TABLE\",\"duration\":\"PT0.004S\"}";

        assertThat(HoldDocuments.progress(old)).isEqualTo(progress(null, DONE, null));
    }

    @Test
    void aRequestComesBackWithTheTypesOfItsValues() {
        HoldRequest plain = Holds.request("DELETE FROM account WHERE id = $1");
        HoldRequest request = new HoldRequest(
                plain.user(),
                plain.person(),
                plain.database(),
                plain.application(),
                plain.address(),
                plain.session(),
                plain.text(),
                plain.fingerprint(),
                List.of(new BoundValue(1, 1, "7", 20, true), new BoundValue(2, 1, null, 25, true)),
                plain.facts(),
                plain.statementClass(),
                plain.rule(),
                plain.settings(),
                "a test suite's cleaner",
                "/O=Example/CN=ana");
        String document = HoldDocuments.text(request, Holds.TWO);

        assertThat(HoldDocuments.request(document).request()).isEqualTo(request);
        String before = document.replaceAll("\"values\":\\[.*?\\]", "\"values\":[\"7\",null]");
        assertThat(HoldDocuments.request(before).request().valueTexts())
                .as("from before it was kept where values belong")
                .containsExactly("7", null);
    }

    @Test
    void aRequestFromBeforeThereWereCertificatesIsRead() {
        HoldRequest request = Holds.request("DELETE FROM account");
        String document = HoldDocuments.text(request, Holds.TWO);

        assertThat(HoldDocuments.request(document.replace(",\"certificate\":null", ""))
                        .request())
                .isEqualTo(request);
    }

    @Test
    void whatIsNotReleasedHasNone() {
        @Nullable
        RestorePoint none = HoldDocuments.progress(HoldDocuments.progress(progress(null, null, "gone")))
                .restorePoint();

        assertThat(none).isNull();
    }

    @Test
    void whatHappensWhileItRunsComesBackAsItWasWithoutSecrets() {
        Blocker bo = new Blocker(
                123, "bo", "psql", "10.1.2.3", "idle in transaction", AT, "ALTER ROLE bo PASSWORD 's3cret'");
        Blocker prepared = new Blocker(0, "", "", "", "", null, "");
        var waiting = new LockReport.Waiting(
                "AccessExclusiveLock on relation public.orders",
                AT,
                Duration.ofSeconds(42),
                AT,
                List.of(bo, prepared),
                3);
        var cancelled = new Cancellation("cy", "not now", AT, Channel.SLACK);
        var progress = new HoldDocuments.Progress(
                List.of(), null, null, null, new Supervision(new LockReport.Unknown("no answer", waiting), cancelled));

        String document = HoldDocuments.progress(progress);

        assertThat(document).doesNotContain("s3cret");
        Blocker shown = new Blocker(
                123,
                "bo",
                "psql",
                "10.1.2.3",
                "idle in transaction",
                AT,
                SecretRedactor.redactSql("ALTER ROLE bo PASSWORD 's3cret'"));
        var shownWaiting =
                new LockReport.Waiting(waiting.lock(), AT, waiting.waited(), AT, List.of(shown, prepared), 3);
        assertThat(HoldDocuments.progress(document).supervision())
                .isEqualTo(new Supervision(new LockReport.Unknown("no answer", shownWaiting), cancelled));
    }

    private static HoldDocuments.Progress progress(
            @Nullable RestorePoint point, @Nullable Outcome outcome, @Nullable String note) {
        return new HoldDocuments.Progress(List.of(), point, outcome, note, Supervision.NONE);
    }
}
