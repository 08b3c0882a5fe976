package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session's state in one row, for its own user. */
final class SessionSheet {
    private final Supplier<Identity> identity;
    private final Conversation conversation;
    private final Legs legs;
    private final Supplier<@Nullable HoldId> lastHold;

    SessionSheet(
            Supplier<Identity> identity, Conversation conversation, Legs legs, Supplier<@Nullable HoldId> lastHold) {
        this.identity = identity;
        this.conversation = conversation;
        this.legs = legs;
        this.lastHold = lastHold;
    }

    /** Session, user, database, primary, follower, transaction, why pinned, mirrored settings, prepared statements, last hold. */
    List<@Nullable String> row() {
        Identity who = identity.get();
        HoldId hold = lastHold.get();
        return Arrays.asList(
                who.session(),
                who.user(),
                who.database(),
                server(LegRole.PRIMARY),
                server(LegRole.FOLLOWER),
                switch (conversation.status()) {
                    case IDLE -> "none";
                    case IN_TRANSACTION -> "open";
                    case FAILED -> "failed";
                },
                conversation.pinned(),
                String.join("; ", conversation.journal.texts()),
                Integer.toString(conversation.names.count()),
                hold == null ? null : hold.toString());
    }

    private @Nullable String server(LegRole role) {
        Leg leg = legs.get(role);
        return leg == null ? null : leg.server().toString();
    }
}
