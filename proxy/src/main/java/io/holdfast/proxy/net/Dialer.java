package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.ci.Objection;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to servers from one event loop. A name that has several addresses is tried at each in turn, as libpq does. */
final class Dialer {
    /** How an attempt ended; called once, on the event loop. */
    interface Outcome {
        /**
         * Connected; nothing has been read yet.
         *
         * @param left of the time for the whole attempt, more than zero
         */
        void connected(Channel channel, Duration left);

        /** Nobody there, or not in time. */
        void failed(String why);

        /** It must not be connected to. */
        default void forbidden(Objection objection) {
            failed(objection.report().message());
        }
    }

    /** Whether a server may be connected to, once it is known where it is. */
    @FunctionalInterface
    interface Border {
        Border OPEN = (_, _) -> null;

        /** Why it must not be, by all that its name stands for; null: it may be. */
        @Nullable
        Objection objection(HostPort server, List<InetAddress> addresses);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

    private final EventLoop loop;
    private final Transport transport;
    private final Names names;
    private final Duration limit;
    private final Border border;

    /** Connects to whatever it is asked to; {@code limit} is for one attempt, name look-up included. */
    Dialer(EventLoop loop, Transport transport, Names names, Duration limit) {
        this(loop, transport, names, limit, Border.OPEN);
    }

    /** @param border asked at each look-up */
    Dialer(EventLoop loop, Transport transport, Names names, Duration limit, Border border) {
        this.loop = loop;
        this.transport = transport;
        this.names = names;
        this.limit = limit;
        this.border = border;
    }

    /** Looks the name up, anew each time, and tries what is found. */
    void dial(HostPort server, Outcome then) {
        Attempt attempt = new Attempt(then);
        names.resolve(server.host()).whenComplete((found, failure) -> {
            if (loop.inEventLoop()) {
                attempt.resolved(server, found, failure);
            } else {
                loop.execute(() -> attempt.resolved(server, found, failure));
            }
        });
    }

    /** Tries an address that is known. */
    void dial(SocketAddress address, Outcome then) {
        Attempt attempt = new Attempt(then);
        attempt.left.add(address);
        attempt.next("");
    }

    private final class Attempt {
        private final Outcome then;
        private final long until = loop.ticker().nanoTime() + limit.toNanos();
        private final Deque<SocketAddress> left = new ArrayDeque<>();

        Attempt(Outcome then) {
            this.then = then;
        }

        void resolved(HostPort server, @Nullable List<InetAddress> found, @Nullable Throwable failure) {
            if (found == null) {
                then.failed(server.host() + ": " + why(failure));
                return;
            }
            Objection objection = border.objection(server, found);
            if (objection != null) {
                then.forbidden(objection);
                return;
            }
            found.forEach(address -> left.add(new InetSocketAddress(address, server.port())));
            next("no address");
        }

        /** @param why the address before did not do */
        void next(String why) {
            SocketAddress address = left.poll();
            if (address == null) {
                then.failed(why);
                return;
            }
            bootstrap(Math.max(1, millisLeft() / (left.size() + 1)))
                    .connect(address)
                    .addListener((ChannelFutureListener) done -> {
                        if (done.isSuccess()) {
                            then.connected(done.channel(), Duration.ofMillis(Math.max(1, millisLeft())));
                        } else {
                            next(String.valueOf(done.cause().getMessage()));
                        }
                    });
        }

        private long millisLeft() {
            return TimeUnit.NANOSECONDS.toMillis(until - loop.ticker().nanoTime());
        }
    }

    private Bootstrap bootstrap(long millis) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(millis))
                .handler(new Unclaimed());
        transport.liveness().forEach(bootstrap::option);
        return bootstrap;
    }

    /** What goes wrong before anybody has taken the connection over, or after it was used for a request without an answer. */
    private static final class Unclaimed extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (ctx.pipeline().last() == this) {
                LOG.debug("server {}: {}", ctx.channel().remoteAddress(), cause.toString());
                ctx.close();
            } else {
                ctx.fireExceptionCaught(cause);
            }
        }
    }

    private static String why(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? "the name was not resolved in time" : "the name cannot be resolved";
    }
}
