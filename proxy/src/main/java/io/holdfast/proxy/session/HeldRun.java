package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.Outcome;
import java.time.Duration;

/** Reports what became of a released statement. */
record HeldRun(HoldService holds, HoldId id) implements Run.RunListener {
    @Override
    public void ended(Run run, long nanos) {
        Duration duration = Duration.ofNanos(nanos - run.startedNanos());
        String code = run.sqlState();
        String message = run.message();
        if (code != null) {
            holds.executed(id, new Outcome.Failed(code, message == null ? "" : message, duration));
        } else {
            String tag = run.tag();
            holds.executed(id, new Outcome.Completed(tag == null ? "" : tag, duration));
        }
    }

    @Override
    public void lost(Run run) {
        holds.executed(id, new Outcome.Unknown());
    }
}
