package io.holdfast.proxy.guard;

import io.holdfast.proxy.ci.DatabaseSays;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking one server. */
public sealed interface Answer {
    /**
     * It was asked.
     *
     * @param seenFrom addresses that its name stands for; empty for a Unix socket
     * @param own the address that the server itself was reached at; null: it was a Unix socket
     * @param database that is meant
     * @param exists false: there is no such database yet, and the server was asked
     */
    record Asked(
            DatabaseSays says,
            List<InetAddress> seenFrom,
            @Nullable InetAddress own,
            String database,
            boolean exists) implements Answer {
        public Asked {
            seenFrom = List.copyOf(seenFrom);
        }
    }

    /** It is at an address elsewhere, so it was not asked. */
    record Elsewhere(InetAddress address) implements Answer {}

    /** Nobody is there: the connection was refused, or the name stands for nothing. */
    record Absent(String why) implements Answer {}

    /** Somebody is there, or may be, and does not answer yet. */
    record Unreachable(String why) implements Answer {}

    /**
     * It said no: a wrong password, no right to connect.
     *
     * @param toAll whether the command would hear the same: the login is all that it has, and is what was wrong
     */
    record Rejected(String why, boolean toAll) implements Answer {}

    /** A Holdfast before it said that CI may not. */
    record Guarded(String why) implements Answer {}
}
