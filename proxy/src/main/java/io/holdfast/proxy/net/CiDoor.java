package io.holdfast.proxy.net;

import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.ci.Recognition;
import io.holdfast.proxy.ci.Refusal;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.session.Identity;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The CI guard at the door, behind authentication and before a server is asked for anything on behalf of the client. */
final class CiDoor {
    /** Whom it does not concern what the database says waits no longer than this to have it known for the rules. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    private CiDoor() {}

    /**
     * Decides whether a client may come in. Where it is known what the database is, that is at once.
     *
     * @param loop on which {@code then} is called
     * @param then gets what the client is told; null: it may come in
     */
    static void pass(Gateway gateway, Identity identity, Executor loop, Consumer<@Nullable ErrorReport> then) {
        Guard guard = gateway.services().guard();
        Recognition ci = guard.rules().recognise(identity.caller());
        DatabaseSays known = guard.databases().fresh(identity.database());
        if (known != null) {
            then.accept(judge(guard, identity, ci, known));
            return;
        }
        Duration connect = gateway.config().upstream().connectTimeout();
        Duration limit = guard.guard().concerns(ci) || connect.compareTo(COURTESY) < 0 ? connect : COURTESY;
        guard.databases()
                .ask(identity.database(), limit)
                .thenAccept(says -> loop.execute(() -> then.accept(judge(guard, identity, ci, says))));
    }

    private static @Nullable ErrorReport judge(
            Guard guard, Identity identity, @Nullable Recognition ci, DatabaseSays says) {
        Objection objection = guard.guard().objection(identity.database(), ci, says);
        if (objection == null) {
            return null;
        }
        guard.observer().refused(new Refusal(identity.caller(), ci, objection, false));
        return objection.report();
    }
}
