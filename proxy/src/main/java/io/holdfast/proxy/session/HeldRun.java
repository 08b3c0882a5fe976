package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reports what became of a released statement.
 *
 * @param marked when its restore point has been reported, behind which the outcome comes
 */
record HeldRun(HoldDesk holds, Released released, CompletionStage<Void> marked) implements Run.RunListener {
    /** Of what was taken for a client that was gone, or had cancelled, when that was known. */
    static final Outcome NOTHING_RAN = new Outcome.Failed("57014", "the client had gone before it ran", Duration.ZERO);

    @Override
    public void ended(Run run, long nanos) {
        Duration duration = Duration.ofNanos(nanos - run.startedNanos());
        String code = run.sqlState();
        String message = run.message();
        if (code != null) {
            report(new Outcome.Failed(code, message == null ? "" : message, duration));
        } else {
            String tag = run.tag();
            report(new Outcome.Completed(tag == null ? "" : tag, duration));
        }
    }

    @Override
    public void lost(Run run) {
        report(new Outcome.Unknown());
    }

    void report(Outcome outcome) {
        released.over();
        holds.ends(released);
        marked.whenComplete((_, _) -> holds.executed(released.hold(), outcome));
    }
}
