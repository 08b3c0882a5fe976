package io.holdfast.proxy.net;

import io.holdfast.protocol.frame.FrameAction;
import io.holdfast.protocol.frame.FrameLimits;
import io.holdfast.protocol.frame.FramePump;
import io.holdfast.protocol.frame.FrameSink;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.FrontendTag;
import io.holdfast.protocol.message.QueryMessage;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.ConsoleResult;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Answers;
import io.holdfast.proxy.session.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks the wire for the admin console: simple queries only, as PgBouncer's console does. A command asks the control store, so it runs
 * elsewhere; until it is answered, nothing behind it is read.
 */
final class ConsoleHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final int HEADER = 5;
    private static final int MAX_COMMAND_BYTES = 16 << 10;

    private final Gateway gateway;
    private final String user;
    private final @Nullable Person person;
    private final String address;
    private final FramePump pump = new FramePump(FrameLimits.FRONTEND);
    private final Cumulation input = new Cumulation();
    private boolean skipping;

    /** A command is under way. */
    private boolean busy;

    ConsoleHandler(Gateway gateway, Identity identity) {
        this.gateway = gateway;
        this.user = identity.user();
        this.person = gateway.people().byPostgresUser(user).orElse(null);
        this.address = identity.address().getAddress().getHostAddress();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Frames frames = new Frames(ctx);
        guarded(ctx, () -> input.add((ByteBuf) message, ctx.alloc(), frames::read));
    }

    private void guarded(ChannelHandlerContext ctx, Runnable reading) {
        try {
            reading.run();
        } catch (ProtocolViolation violation) {
            ctx.writeAndFlush(Answers.error(
                            ctx.alloc(), ProxyError.PROTOCOL_VIOLATION.report(String.valueOf(violation.getMessage()))))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** Somebody who asks and does not read the answers is not read any further either. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable() && !busy);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Connections.log(LOG, "console", ctx.channel(), cause);
        ctx.close();
    }

    private void query(ChannelHandlerContext ctx, String sql) {
        busy = true;
        ctx.channel().config().setAutoRead(false);
        CompletableFuture.supplyAsync(() -> gateway.console().execute(sql, person, user, address), gateway.background())
                .whenComplete((result, failure) -> ctx.executor().execute(() -> answered(ctx, result, failure)));
    }

    private void answered(ChannelHandlerContext ctx, @Nullable ConsoleResult result, @Nullable Throwable failure) {
        busy = false;
        if (!ctx.channel().isActive()) {
            return;
        }
        if (result == null) {
            LOG.error("A command of the console failed.", failure);
            ctx.close();
            return;
        }
        answer(ctx, result);
        ctx.flush();
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        Frames frames = new Frames(ctx);
        guarded(ctx, () -> input.read(frames::read));
        ctx.flush();
    }

    private static void answer(ChannelHandlerContext ctx, ConsoleResult result) {
        ByteBuf out = ctx.alloc().buffer();
        switch (result) {
            case ConsoleResult.Rows(var columns, var rows, var tag) -> {
                BackendWriter.rowDescription(out, columns);
                rows.forEach(row -> BackendWriter.dataRow(out, row));
                BackendWriter.commandComplete(out, tag);
            }
            case ConsoleResult.Done(var tag) -> {
                if (tag.isEmpty()) {
                    BackendWriter.emptyQueryResponse(out);
                } else {
                    BackendWriter.commandComplete(out, tag);
                }
            }
            case ConsoleResult.Failed(var report) -> BackendWriter.errorResponse(out, Answers.fields(report));
        }
        BackendWriter.readyForQuery(out, TransactionStatus.IDLE);
        ctx.write(out);
    }

    private final class Frames implements FrameSink {
        private final ChannelHandlerContext ctx;
        private ByteBuf in = io.netty.buffer.Unpooled.EMPTY_BUFFER;

        Frames(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        void read(ByteBuf all) {
            in = all;
            pump.pump(all, this);
        }

        @Override
        public FrameAction onHeader(byte code, int bodyLength) {
            if (busy) {
                return FrameAction.WAIT;
            }
            if (bodyLength > MAX_COMMAND_BYTES) {
                throw new ProtocolViolation("length: " + bodyLength + " (expected: at most " + MAX_COMMAND_BYTES + ')');
            }
            return in.writerIndex() - pump.headerIndex() < HEADER + bodyLength ? FrameAction.WAIT : FrameAction.COLLECT;
        }

        @Override
        public void forward(ByteBuf run) {
            run.release();
        }

        @Override
        public void collect(ByteBuf part, boolean last) {
            FrontendTag tag = FrontendTag.of(part.getByte(part.readerIndex()));
            if (tag == FrontendTag.TERMINATE) {
                ctx.close();
            } else if (tag == FrontendTag.SYNC) {
                skipping = false;
                ctx.write(Answers.ready(ctx.alloc(), TransactionStatus.IDLE));
            } else if (tag == FrontendTag.QUERY && !skipping) {
                ByteBuf sql = QueryMessage.read(part.skipBytes(HEADER)).sql();
                query(ctx, sql.toString(StandardCharsets.UTF_8));
            } else if (!skipping && tag != FrontendTag.FLUSH) {
                skipping = true;
                ctx.write(Answers.error(
                        ctx.alloc(),
                        ProxyError.FEATURE_NOT_SUPPORTED
                                .report("the extended query protocol in the admin console")
                                .withHint("Use simple queries: psql does; for pgjdbc, preferQueryMode=simple.")));
            }
        }
    }
}
