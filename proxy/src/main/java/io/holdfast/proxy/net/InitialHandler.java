package io.holdfast.proxy.net;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.startup.DirectTls;
import io.holdfast.protocol.startup.InitialPacket;
import io.holdfast.protocol.startup.InitialPacketReader;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Answers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first packets of a connection, which have no tag: TLS or not, a CancelRequest, or the StartupMessage, with which a
 * {@link LoginHandler} takes over.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP">Start-up</a>
 */
final class InitialHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(InitialHandler.class);

    private final Gateway gateway;
    private final Cumulation input = new Cumulation();
    private @Nullable Deadline deadline;
    private boolean tlsAsked;
    private boolean gssAsked;
    private boolean encrypted;
    private boolean first = true;
    private boolean ended;

    InitialHandler(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        gateway.handshakes().begin(ctx.channel());
        deadline = new Deadline(ctx.executor(), gateway.config().limits().handshakeTimeout(), () -> ctx.close());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (ended) {
            bytes.release();
            return;
        }
        try {
            input.add(bytes, ctx.alloc(), all -> read(ctx, all));
        } catch (ProtocolViolation violation) {
            LOG.debug("client {}: {}", ClientAddress.of(ctx.channel()), violation.getMessage());
            end(ctx); // as PostgreSQL: what does not even look like a packet gets no answer
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        stopClock();
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Connections.log(LOG, "client", ctx.channel(), cause);
        ctx.close();
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        if (first && in.isReadable() && DirectTls.isTls(in.getByte(in.readerIndex()))) {
            directTls(ctx, in);
            return;
        }
        while (!ended) {
            InitialPacket packet = InitialPacketReader.read(in);
            if (packet == null) {
                return;
            }
            first = false;
            switch (packet) {
                case InitialPacket.SslRequest _ -> {
                    if (tlsAsked) {
                        refuse(ctx, ProxyError.UNSUPPORTED_PROTOCOL.report(1234, 5679));
                    } else {
                        tlsAsked = true;
                        answerSsl(ctx, in);
                    }
                }
                case InitialPacket.GssEncRequest _ -> {
                    if (gssAsked) {
                        refuse(ctx, ProxyError.UNSUPPORTED_PROTOCOL.report(1234, 5680));
                    } else {
                        gssAsked = true;
                        answer(ctx, 'N');
                        refuseStuffing(ctx, in, "GSSAPI encryption");
                    }
                }
                case InitialPacket.CancelRequest(var pid, var key) -> {
                    ended = true;
                    gateway.handshakes().end(ctx.channel());
                    gateway.cancels().present(ctx.channel().eventLoop(), pid, key, () -> ctx.close());
                }
                case InitialPacket.Malformed(var message) -> refuse(ctx, ProxyError.INVALID_STARTUP.report(message));
                case InitialPacket.UnsupportedVersion(var major, var minor) ->
                    unsupported(ctx, major, ProxyError.UNSUPPORTED_PROTOCOL.report(major, minor));
                case InitialPacket.StartupMessage startup -> startup(ctx, startup, in);
            }
        }
    }

    private void directTls(ChannelHandlerContext ctx, ByteBuf in) {
        if (gateway.tls() == null || encrypted) {
            throw new ProtocolViolation("TLS is not offered");
        }
        SslHandler handler = startTls(ctx, true);
        ByteBuf hello = in.readRetainedSlice(in.readableBytes());
        ctx.pipeline().context(handler);
        ctx.pipeline().fireChannelRead(hello);
    }

    private void answerSsl(ChannelHandlerContext ctx, ByteBuf in) {
        if (gateway.tls() == null || encrypted) {
            answer(ctx, 'N');
            refuseStuffing(ctx, in, "SSL");
            return;
        }
        if (in.isReadable()) {
            refuseStuffing(ctx, in, "SSL");
            return;
        }
        answer(ctx, 'S');
        startTls(ctx, false);
    }

    private SslHandler startTls(ChannelHandlerContext ctx, boolean direct) {
        TlsContexts.Server tls = java.util.Objects.requireNonNull(gateway.tls());
        SslHandler handler = tls.context().newHandler(ctx.alloc());
        encrypted = true;
        ctx.pipeline().addFirst("tls", handler);
        handler.handshakeFuture().addListener(done -> {
            if (!done.isSuccess() || (direct && !DirectTls.ALPN.equals(handler.applicationProtocol()))) {
                if (tls.demand() != null && done.cause() instanceof SSLHandshakeException bad) {
                    // The client is told an alert at most; who cannot get in asks us.
                    LOG.info("TLS with {} failed: {}", ClientAddress.of(ctx.channel()), bad.getMessage());
                }
                end(ctx);
            }
        });
        return handler;
    }

    /** Bytes that came in clear behind a request for encryption could pass for encrypted ones (CVE-2021-23214). */
    private void refuseStuffing(ChannelHandlerContext ctx, ByteBuf in, String what) {
        if (in.isReadable()) {
            refuse(
                    ctx,
                    ProxyError.INVALID_STARTUP
                            .report("received unencrypted data after " + what + " request")
                            .withDetail("This could be either a client-software bug or evidence of an attempted"
                                    + " man-in-the-middle attack."));
        }
    }

    private void startup(ChannelHandlerContext ctx, InitialPacket.StartupMessage startup, ByteBuf in) {
        TlsContexts.Server tls = gateway.tls();
        if (tls != null && tls.required() && !encrypted) {
            refuse(ctx, ProxyError.TLS_REQUIRED.report());
            return;
        }
        ended = true;
        ByteBuf rest = in.readRetainedSlice(in.readableBytes());
        gateway.handshakes().end(ctx.channel());
        LoginHandler login = new LoginHandler(
                gateway,
                startup,
                encrypted && tls != null ? tls.channelBinding() : null,
                certificate(ctx),
                java.util.Objects.requireNonNull(deadline));
        deadline = null;
        ctx.pipeline().addLast(login);
        login.begin(rest);
        ctx.pipeline().remove(this);
    }

    /** What the client has shown; null: nothing. Its first packet comes behind its handshake, so that is done. */
    private @Nullable X509Certificate certificate(ChannelHandlerContext ctx) {
        TlsContexts.Server tls = gateway.tls();
        return encrypted && tls != null && tls.demand() != null
                ? ClientCertificate.shown(ctx.pipeline().get(SslHandler.class))
                : null;
    }

    /** Before version 3 an ErrorResponse was a text, without a length. */
    private void unsupported(ChannelHandlerContext ctx, int major, ErrorReport why) {
        if (major != 1 && major != 2) {
            refuse(ctx, why);
            return;
        }
        ended = true;
        String text = "E" + why.severity() + ":  " + why.message() + "\n\0";
        ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), text)).addListener(ChannelFutureListener.CLOSE);
    }

    private static void answer(ChannelHandlerContext ctx, char answer) {
        ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(answer));
    }

    private void refuse(ChannelHandlerContext ctx, ErrorReport why) {
        ended = true;
        ctx.writeAndFlush(Answers.error(ctx.alloc(), why)).addListener(ChannelFutureListener.CLOSE);
    }

    private void end(ChannelHandlerContext ctx) {
        ended = true;
        ctx.close();
    }

    private void stopClock() {
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
