package io.holdfast.proxy.session;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each user wrote last, in any session of this proxy. Holds {@value #MAX_USERS} users; those who come later share one entry, so
 * that they wait for each other's writes, too, but for none too few.
 */
public final class UserWrites {
    static final int MAX_USERS = 10_000;

    /** No role can be called so. */
    private static final String ALL_OTHERS = "";

    private final ConcurrentHashMap<String, Long> lastByUser = new ConcurrentHashMap<>();

    /** A write has ended at this moment of {@link System#nanoTime}. */
    void wrote(String user, long nanoTime) {
        if (lastByUser.containsKey(user)) {
            move(user, nanoTime);
        } else {
            synchronized (this) { // a user is in the shared entry or has an own one, never first this and then that
                move(lastByUser.size() < MAX_USERS ? user : ALL_OTHERS, nanoTime);
            }
        }
    }

    private void move(String key, long nanoTime) {
        lastByUser.merge(key, nanoTime, (one, other) -> one - other > 0 ? one : other);
    }

    /** When the user's last write ended; empty: there was none. */
    OptionalLong last(String user) {
        @Nullable Long own = lastByUser.get(user);
        @Nullable Long last = own == null ? lastByUser.get(ALL_OTHERS) : own;
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }
}
