package io.holdfast.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
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
        assertThat(HoldDocuments.progress(HoldDocuments.progress(List.of(), point, DONE, null)))
                .isEqualTo(new HoldDocuments.Progress(List.of(), point, DONE, null));
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

        assertThat(HoldDocuments.progress(old)).isEqualTo(new HoldDocuments.Progress(List.of(), null, DONE, null));
    }

    @Test
    void whatIsNotReleasedHasNone() {
        @Nullable
        RestorePoint none = HoldDocuments.progress(HoldDocuments.progress(List.of(), null, null, "gone"))
                .restorePoint();

        assertThat(none).isNull();
    }
}
