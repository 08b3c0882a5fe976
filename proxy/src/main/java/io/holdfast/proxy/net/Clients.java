package io.holdfast.proxy.net;

import io.holdfast.config.Limits;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Session;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connected clients of one proxy. Thread-safe. */
final class Clients {
    private final int max;
    private final Quota users;
    private final Quota databases;
    private final AtomicInteger admitted = new AtomicInteger();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    Clients(Limits limits) {
        max = limits.maxClients();
        users = new Quota(limits.maxClientsPerUser());
        databases = new Quota(limits.maxClientsPerDatabase());
    }

    /** Counts one more client; false if there are too many. What is admitted must leave. */
    boolean admit() {
        if (admitted.incrementAndGet() > max) {
            admitted.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        admitted.decrementAndGet();
    }

    /**
     * Counts one more client of this user in this database until its channel closes.
     *
     * @return why it cannot be one; null: it is
     */
    @Nullable
    ErrorReport join(String user, String database, Channel channel) {
        if (!users.take(user)) {
            return ProxyError.TOO_MANY_FOR_ROLE.report(user);
        }
        if (!databases.take(database)) {
            users.give(user);
            return ProxyError.TOO_MANY_FOR_DATABASE.report(database);
        }
        channel.closeFuture().addListener(_ -> {
            users.give(user);
            databases.give(database);
        });
        return null;
    }

    /** How many are admitted now. */
    int count() {
        return admitted.get();
    }

    /** A session begins; it is forgotten when its client's channel closes. */
    void enter(Session session, Channel channel) {
        sessions.add(session);
        channels.add(channel);
        channel.closeFuture().addListener(_ -> sessions.remove(session));
    }

    List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Ends every session and waits until their last words have left, for so long at most. */
    void shutdown(Duration limit) {
        sessions.forEach(Session::shutdown);
        channels.newCloseFuture().awaitUninterruptibly(limit.toMillis());
    }
}
