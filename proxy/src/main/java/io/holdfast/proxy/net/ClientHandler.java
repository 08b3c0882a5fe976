package io.holdfast.proxy.net;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.session.ClientLink;
import io.holdfast.proxy.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves bytes between a client's channel and its session; decides nothing but when to read. */
final class ClientHandler extends ChannelInboundHandlerAdapter implements ClientLink {
    private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

    /** A session that waits still notices that its client is gone, so it is read until this much has piled up. */
    private static final int MAX_WAITING_BYTES = 64 << 10;

    private final Channel channel;
    private final Outbound out;
    private final Meters meters;
    private final Cumulation input = new Cumulation();
    private final Duration idleLimit;
    private @Nullable Session session;
    private @Nullable IdleTimeout idle;
    private boolean serverTakes = true;
    private boolean resumeDue;
    private boolean closing;

    /** @param idleLimit for the client to say something outside a transaction; zero: none */
    ClientHandler(Channel channel, Meters meters, Duration idleLimit) {
        this.channel = channel;
        this.out = new Outbound(channel);
        this.meters = meters;
        this.idleLimit = idleLimit;
    }

    /** Begins; {@code rest} is what came behind the last message of the login, or null. */
    void start(Session newSession, @Nullable ByteBuf rest) {
        session = newSession;
        if (idleLimit.isPositive()) {
            idle = new IdleTimeout(channel.eventLoop(), idleLimit, newSession::isIdle, newSession::endIdle);
        }
        if (rest != null) {
            input.add(rest, channel.alloc(), newSession::clientBytes);
            newSession.clientReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Session now = session;
        if (now == null || closing) {
            bytes.release();
            return;
        }
        meters.bytesFromClient(bytes.readableBytes());
        touch();
        input.add(bytes, ctx.alloc(), now::clientBytes);
        regulate();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session != null) {
            session.clientReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (session != null) {
            session.clientWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        if (idle != null) {
            idle.stop();
        }
        if (session != null) {
            session.clientGone();
        }
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Connections.log(LOG, "client", ctx.channel(), cause);
        ctx.close();
    }

    @Override
    public void write(ByteBuf frames) {
        meters.bytesToClient(frames.readableBytes());
        out.write(frames);
    }

    @Override
    public void flush() {
        if (out.flush()) {
            touch();
        }
    }

    @Override
    public void resumeLater() {
        if (resumeDue || (input.isEmpty() && out.isRead())) {
            return;
        }
        resumeDue = true;
        channel.eventLoop().execute(this::resume);
    }

    @Override
    public void read(boolean wanted) {
        serverTakes = wanted;
        regulate();
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            out.closeBehind(Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public boolean isWritable() {
        return out.isWritable();
    }

    private void resume() {
        resumeDue = false;
        Session now = session;
        if (now != null && !closing) {
            input.read(now::clientBytes);
            now.clientReadComplete();
            regulate();
        }
    }

    private void touch() {
        if (idle != null) {
            idle.touch();
        }
    }

    private void regulate() {
        Session now = session;
        boolean waiting = now != null && !now.reads() && input.size() > MAX_WAITING_BYTES;
        out.read(serverTakes && !waiting);
    }
}
