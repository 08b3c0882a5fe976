package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.ReleasedRun;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A released unit of this session, from its claim to its answer, which an approver can end. Of one event loop, but for what {@link
 * ReleasedRun} says.
 *
 * <p>A CancelRequest names a connection, not a statement. So that it cannot hit another one, nothing is sent behind the unit until it
 * has been answered ({@link #isRunning}), nor while a CancelRequest is on its way ({@link #isBeingCancelled}); the server closes that
 * connection only when it has signalled. One that comes before the server has begun with the unit is lost, so it is repeated.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS">Canceling Requests</a>
 */
final class Released implements ReleasedRun {
    private static final long AGAIN_MILLIS = 1_000;

    /** What it needs of its session. */
    interface Host {
        /** Answers in place of the unit, which has not been sent, if that can be now; else it is asked again when it is to be sent. */
        void takeBack();

        /** Tells the client as soon as that can be between two frames. */
        void interject(String message, String hint);

        /** What waited for the CancelRequest can go on. */
        void goOn();
    }

    private final HoldId hold;
    private final Identity identity;
    private final LegOpener legs;
    private final SessionLoop loop;
    private final Host host;
    private volatile @Nullable Backend backend;
    private @Nullable Leg leg;
    private @Nullable Cancellation cancellation;
    private boolean over;
    private int underWay;
    private boolean holdsUp;

    Released(HoldId hold, Identity identity, LegOpener legs, SessionLoop loop, Host host) {
        this.hold = hold;
        this.identity = identity;
        this.legs = legs;
        this.loop = loop;
        this.host = host;
    }

    @Override
    public HoldId hold() {
        return hold;
    }

    @Override
    public String user() {
        return identity.user();
    }

    @Override
    public String database() {
        return identity.database();
    }

    @Override
    public @Nullable Backend backend() {
        return backend;
    }

    @Override
    public void tell(String message, String hint) {
        loop.execute(() -> {
            if (!over) {
                host.interject(message, hint);
            }
        });
    }

    @Override
    public void cancel(Cancellation by) {
        loop.execute(() -> cancelled(by));
    }

    /** It is being sent, so that it is in the server's hands from now on. */
    void sent(Run run) {
        Leg to = run.leg();
        leg = to;
        backend = new Backend(to.server(), to.key().processId(), to.role() == LegRole.PRIMARY, run.startedNanos());
    }

    /** It has been answered, or will not be: nothing can be cancelled any more. */
    void over() {
        over = true;
    }

    /** Whether the server may still be at it. */
    boolean isRunning() {
        return leg != null && !over;
    }

    /** Whether somebody has cancelled it before it was sent. */
    boolean isCancelledUnsent() {
        return cancellation != null && leg == null && !over;
    }

    /** Whether a CancelRequest is on its way; {@link Host#goOn} is called when it has arrived. */
    boolean isBeingCancelled() {
        holdsUp |= underWay > 0;
        return underWay > 0;
    }

    private void cancelled(Cancellation by) {
        if (over || cancellation != null) {
            return;
        }
        cancellation = by;
        if (leg == null) {
            host.takeBack();
        } else {
            host.interject(
                    hold + " is being cancelled by " + by.person(),
                    by.reason() == null ? "No reason was given." : by.reason());
            strike();
        }
    }

    private void strike() {
        Leg to = leg;
        if (over || to == null) {
            return;
        }
        underWay++;
        legs.cancel(to.server(), to.key(), () -> loop.execute(this::struck));
    }

    private void struck() {
        underWay--;
        if (!over) {
            loop.schedule(this::strike, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (holdsUp && underWay == 0) {
            holdsUp = false;
            host.goOn();
        }
    }
}
