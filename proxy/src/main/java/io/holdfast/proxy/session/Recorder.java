package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.error.ErrorReport;
import java.util.concurrent.CompletionStage;

/** Writes down what sessions do. Safe for use by many threads; nothing here blocks. */
public interface Recorder {
    /**
     * A unit above SESSION is about to be forwarded.
     *
     * @return false: it cannot be recorded, so it must not be forwarded
     */
    boolean forwards(Identity who, Unit unit, String rule, LegRole route);

    /** A unit was refused, by whatever. */
    void refuses(Identity who, Unit unit, String rule, ErrorReport error);

    /** An approved statement is about to run, its restore point is known; completes when that is on disk, exceptionally if it cannot be. */
    CompletionStage<Void> releases(Identity who, HoldView hold);
}
