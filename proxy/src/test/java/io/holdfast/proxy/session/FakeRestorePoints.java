package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.RestorePoints;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A primary that sets restore points at once, until a script says otherwise. */
final class FakeRestorePoints implements RestorePoints {
    static final RestorePoint NAMED = new RestorePoint.Named("holdfast-H-1", "0/1A2B3C8", Instant.EPOCH);
    private static final RestorePoint NONE = new RestorePoint.None("no answer within 2000 ms");

    private boolean slow;
    private @Nullable CompletableFuture<RestorePoint> asked;
    private @Nullable RestorePoint given;

    @Override
    public CompletionStage<RestorePoint> before(HoldId hold) {
        CompletableFuture<RestorePoint> answer = new CompletableFuture<>();
        asked = answer;
        if (!slow) {
            give(NAMED);
        }
        return answer;
    }

    /** The last answer; null: none yet. */
    @Nullable
    RestorePoint given() {
        return given;
    }

    /** What scripts say behind {@code restore point}. */
    void happens(String what) {
        switch (what) {
            case "slow" -> slow = true;
            case "answers" -> give(NAMED);
            case "missing" -> give(NONE);
            default -> throw new IllegalArgumentException("restore point: " + what);
        }
    }

    private void give(RestorePoint point) {
        given = point;
        asked().complete(point);
    }

    private CompletableFuture<RestorePoint> asked() {
        if (asked == null) {
            throw new IllegalStateException("no restore point was asked for");
        }
        return asked;
    }
}
