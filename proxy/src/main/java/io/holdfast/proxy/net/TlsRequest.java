package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.FrontendWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Asks the other end for TLS as a client does, and puts it in its own place.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">SSL Session Encryption</a>
 */
final class TlsRequest extends ChannelInboundHandlerAdapter {
    /** How it ended; one of them is called, once. */
    interface Outcome {
        void encrypted();

        /** Nothing may be sent. */
        void failed(String why);
    }

    private final SslContext tls;
    private final HostPort server;
    private final Outcome then;

    /** @param server as its certificate should name it */
    TlsRequest(SslContext tls, HostPort server, Outcome then) {
        this.tls = tls;
        this.server = server;
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ByteBuf out = ctx.alloc().buffer(8);
        FrontendWriter.sslRequest(out);
        ctx.writeAndFlush(out);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (bytes.readByte() != 'S') {
                then.failed("TLS is refused");
            } else if (bytes.isReadable()) {
                then.failed("unencrypted data after the answer to SSLRequest"); // CVE-2021-23222
            } else {
                begin(ctx);
            }
        } finally {
            bytes.release();
        }
    }

    private void begin(ChannelHandlerContext ctx) {
        SslHandler handler = tls.newHandler(ctx.alloc(), server.host(), server.port());
        ctx.pipeline().replace(this, "tls", handler);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                then.encrypted();
            } else {
                then.failed("TLS: " + done.cause().getMessage());
            }
        });
    }
}
