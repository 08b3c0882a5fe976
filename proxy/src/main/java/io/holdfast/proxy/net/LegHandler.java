package io.holdfast.proxy.net;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.session.LegEvents;
import io.holdfast.proxy.session.LegLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves bytes between a server's channel and the session that the leg belongs to. */
final class LegHandler extends ChannelInboundHandlerAdapter implements LegLink {
    private static final Logger LOG = LoggerFactory.getLogger(LegHandler.class);

    private final Channel channel;
    private final Outbound out;
    private final Cumulation input = new Cumulation();
    private @Nullable LegEvents events;
    private boolean closing;
    private boolean gone;

    LegHandler(Channel channel) {
        this.channel = channel;
        this.out = new Outbound(channel);
    }

    @Override
    public void attach(LegEvents newEvents) {
        events = newEvents;
        if (gone) {
            newEvents.gone();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        LegEvents now = events;
        if (now == null || closing) {
            bytes.release();
        } else {
            input.add(bytes, ctx.alloc(), now::bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (events != null) {
            events.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (events != null) {
            events.writable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone = true;
        if (events != null) {
            events.gone();
        }
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Connections.log(LOG, "server", ctx.channel(), cause);
        ctx.close();
    }

    @Override
    public void write(ByteBuf frames) {
        out.write(frames);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void read(boolean wanted) {
        out.read(wanted);
    }

    @Override
    public boolean isWritable() {
        return out.isWritable();
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            ByteBuf goodbye = channel.alloc().buffer(5);
            FrontendWriter.terminate(goodbye);
            out.closeBehind(goodbye);
        }
    }
}
