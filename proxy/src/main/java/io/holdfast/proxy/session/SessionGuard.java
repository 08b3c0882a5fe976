package io.holdfast.proxy.session;

import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.ci.Recognition;
import io.holdfast.proxy.ci.Refusal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The CI guard in a session that is open: its application may give itself another name, and its database may say something else by
 * now. Looked at before each unit; where nothing has changed, that costs two reads.
 */
final class SessionGuard {
    private final Guard guard;
    private final String database;
    private final Supplier<Identity> identity;
    private @Nullable Identity judged;
    private @Nullable Recognition ci;
    private @Nullable DatabaseSays heard;

    /** @param identity as of now */
    SessionGuard(Guard guard, String database, Supplier<Identity> identity) {
        this.guard = guard;
        this.database = database;
        this.identity = identity;
    }

    /** Why the session must end before its next unit, which is on record then; null: it goes on. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // whoever changes an identity makes another one
    Objection objection() {
        Identity now = identity.get();
        if (now != judged) {
            judged = now;
            ci = guard.rules().recognise(now.caller());
            heard = null;
        }
        if (!guard.guard().concerns(ci)) {
            return null;
        }
        DatabaseSays says = guard.databases().latest(database);
        if (says.equals(heard)) {
            return null;
        }
        Objection objection = guard.guard().objection(database, ci, says);
        if (objection == null) {
            heard = says;
        } else {
            guard.observer().refused(new Refusal(now.caller(), ci, objection, true));
        }
        return objection;
    }
}
