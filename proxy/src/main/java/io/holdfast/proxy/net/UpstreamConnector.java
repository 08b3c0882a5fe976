package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.ci.Refusal;
import io.holdfast.proxy.ci.RefusalObserver;
import io.holdfast.proxy.session.Answers;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.Leg;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the legs of one session. */
final class UpstreamConnector implements LegOpener {
    private final Dialer dialer;
    private final @Nullable SslContext tls;
    private final ScramNonce nonce;
    private final boolean addHost;
    private final RefusalObserver observer;

    /** Where each leg really is: its server's name may lead elsewhere by the time that it is cancelled. */
    private final Map<BackendKey, SocketAddress> addresses = new HashMap<>();

    /**
     * @param addHost whether servers see the client's address in application_name
     * @param observer is told of servers that must not be connected to
     */
    UpstreamConnector(
            Dialer dialer, @Nullable SslContext tls, ScramNonce nonce, boolean addHost, RefusalObserver observer) {
        this.dialer = dialer;
        this.tls = tls;
        this.nonce = nonce;
        this.addHost = addHost;
        this.observer = observer;
    }

    @Override
    public void open(HostPort server, LegRole role, Identity identity, Opened then) {
        dialer.dial(server, new Dialer.Outcome() {
            @Override
            public void connected(Channel channel, Duration left) {
                String application = addHost
                        ? ApplicationName.withAddress(identity.application(), identity.address())
                        : identity.application();
                UpstreamLogin login =
                        new UpstreamLogin(server, role, identity, application, tls, nonce, remembering(channel, then));
                channel.pipeline().addLast(login);
                var timer = channel.eventLoop().schedule(login::timeout, left.toMillis(), TimeUnit.MILLISECONDS);
                channel.closeFuture().addListener(_ -> timer.cancel(false));
            }

            @Override
            public void failed(String why) {
                then.unreachable(why);
            }

            @Override
            public void forbidden(Objection objection) {
                observer.refused(new Refusal(identity.caller(), null, objection, false));
                then.refused(Answers.fields(objection.report()));
            }
        });
    }

    /** In clear even where sessions are encrypted: servers accept it before they look at pg_hba, and it holds no secret but the key. */
    @Override
    public void cancel(HostPort server, BackendKey key, Runnable done) {
        Dialer.Outcome request = new Dialer.Outcome() {
            @Override
            public void connected(Channel channel, Duration left) {
                ByteBuf out = channel.alloc().buffer();
                FrontendWriter.cancelRequest(out, key.processId(), key.secret());
                channel.writeAndFlush(out);
                channel.eventLoop().schedule(() -> channel.close(), left.toMillis(), TimeUnit.MILLISECONDS);
                channel.closeFuture().addListener(_ -> done.run());
            }

            @Override
            public void failed(String why) {
                done.run();
            }
        };
        SocketAddress address = addresses.get(key);
        if (address == null) {
            dialer.dial(server, request);
        } else {
            dialer.dial(address, request);
        }
    }

    private Opened remembering(Channel channel, Opened then) {
        return new Opened() {
            @Override
            public void opened(Leg leg) {
                addresses.put(leg.key(), channel.remoteAddress());
                channel.closeFuture().addListener(_ -> addresses.remove(leg.key()));
                then.opened(leg);
            }

            @Override
            public void refused(ErrorFields error) {
                then.refused(error);
            }

            @Override
            public void unreachable(String why) {
                then.unreachable(why);
            }
        };
    }
}
