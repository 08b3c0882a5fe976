package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.error.ErrorReport;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An audit log that works until a script says otherwise. */
final class FakeRecorder implements Recorder {
    boolean works = true;

    private final FakeRestorePoints restorePoints;

    FakeRecorder(FakeRestorePoints restorePoints) {
        this.restorePoints = restorePoints;
    }

    @Override
    public boolean forwards(Identity who, Unit unit, String rule, LegRole route) {
        return works;
    }

    @Override
    public void refuses(Identity who, Unit unit, String rule, ErrorReport error) {}

    @Override
    public CompletionStage<Void> releases(Identity who, HoldView hold) {
        assertThat(hold.restorePoint()).isNotNull().isEqualTo(restorePoints.given());
        return works
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IOException("no space left on device"));
    }
}
