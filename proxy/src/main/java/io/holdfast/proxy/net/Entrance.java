package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Answers;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.Leg;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.holdfast.proxy.session.Session;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between authentication and the first ReadyForQuery: opens the leg over which the server itself says whether this user may use
 * this database, and hands the client to its session, or to the console.
 */
final class Entrance extends ChannelInboundHandlerAdapter {
    private static final int MAX_ATTEMPTS = 3;

    private final Gateway gateway;
    private final Identity identity;
    private final boolean longKeys;
    private final Deadline deadline;
    private final Cumulation input = new Cumulation();
    private @Nullable ChannelHandlerContext context;
    private boolean ended;
    private int attempts;

    Entrance(Gateway gateway, Identity identity, boolean longKeys, Deadline deadline) {
        this.gateway = gateway;
        this.identity = identity;
        this.longKeys = longKeys;
        this.deadline = deadline;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Starts; {@code rest} is what the client has sent ahead, or null. */
    void begin(@Nullable ByteBuf rest) {
        ChannelHandlerContext ctx = java.util.Objects.requireNonNull(context);
        deadline.then(() -> refuse(ctx, Answers.fields(ProxyError.AUTHENTICATION_TIMEOUT.report())));
        if (rest != null) {
            input.add(rest, ctx.alloc(), _ -> {});
        }
        if (identity.database().equals(Gateway.CONSOLE_DATABASE)) {
            console(ctx);
        } else {
            CiDoor.pass(gateway, identity, ctx.executor(), objection -> {
                if (objection != null) {
                    refuse(ctx, Answers.fields(objection));
                } else if (!ended) {
                    open(ctx);
                }
            });
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        input.add((ByteBuf) message, ctx.alloc(), _ -> {});
        ctx.channel().config().setAutoRead(false); // until there is somebody to read it
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        deadline.cancel();
        input.release();
    }

    /** A follower if there is one: whoever only reads never takes a connection of the primary. */
    private void open(ChannelHandlerContext ctx) {
        Topology topology = gateway.services().upstream().topology();
        HostPort follower = gateway.services().load().leastBusy(topology, Lsn.ZERO);
        HostPort server = follower != null ? follower : topology.primary();
        if (server == null || attempts++ == MAX_ATTEMPTS) {
            refuse(ctx, Answers.fields(ProxyError.UPSTREAM_UNAVAILABLE.report().withDetail(topology.whyNoPrimary())));
            return;
        }
        LegRole role = follower != null ? LegRole.FOLLOWER : LegRole.PRIMARY;
        gateway.services().legs().open(server, role, identity, new LegOpener.Opened() {
            @Override
            public void opened(Leg leg) {
                if (ended) {
                    leg.link().close();
                } else {
                    enter(ctx, leg);
                }
            }

            @Override
            public void refused(ErrorFields error) {
                refuse(ctx, error);
            }

            @Override
            public void unreachable(String why) {
                gateway.services().upstream().suspect(server);
                if (!ended) {
                    open(ctx);
                }
            }
        });
    }

    private void enter(ChannelHandlerContext ctx, Leg leg) {
        ended = true;
        deadline.cancel();
        Map<String, String> parameters = new LinkedHashMap<>(leg.parameters());
        if (leg.role() == LegRole.FOLLOWER) {
            // What the client may do is not what the follower may.
            parameters.replace("in_hot_standby", "off");
            parameters.replace("default_transaction_read_only", "off");
        }
        ClientHandler client = new ClientHandler(
                ctx.channel(),
                gateway.services().meters(),
                gateway.config().limits().idleTimeout());
        Session session = new Session(
                gateway.services(), identity, client, ctx.channel().eventLoop(), ctx.alloc(), leg, parameters);
        BackendKey key = gateway.cancelKeys().issue(longKeys, session::cancel);
        gateway.clients().enter(session, ctx.channel());
        gateway.services().meters().sessionOpened();
        ctx.channel().closeFuture().addListener(_ -> {
            gateway.services().meters().sessionClosed();
            gateway.cancelKeys().revoke(key);
        });
        welcome(ctx, parameters, key);
        ctx.pipeline().addLast(client);
        ctx.pipeline().remove(this);
        ctx.channel().config().setAutoRead(true);
        client.start(session, input.take());
    }

    private void console(ChannelHandlerContext ctx) {
        ended = true;
        deadline.cancel();
        ConsoleHandler console = new ConsoleHandler(gateway, identity);
        Map<String, String> parameters = Map.of(
                "server_version", "18.0 (Holdfast)",
                "server_encoding", "UTF8",
                "client_encoding", "UTF8",
                "DateStyle", "ISO, MDY",
                "TimeZone", "UTC",
                "integer_datetimes", "on",
                "standard_conforming_strings", "on");
        welcome(ctx, parameters, new BackendKey(0, new byte[4]));
        ctx.pipeline().addLast(console);
        ByteBuf rest = input.take();
        ctx.channel().config().setAutoRead(true);
        ctx.pipeline().remove(this);
        if (rest != null) {
            ctx.fireChannelRead(rest); // to the console; it has been through TLS already
        }
    }

    private static void welcome(ChannelHandlerContext ctx, Map<String, String> parameters, BackendKey key) {
        ByteBuf out = ctx.alloc().buffer();
        parameters.forEach((name, value) -> BackendWriter.parameterStatus(out, name, value));
        BackendWriter.backendKeyData(out, key.processId(), key.secret());
        BackendWriter.readyForQuery(out, TransactionStatus.IDLE);
        ctx.writeAndFlush(out);
    }

    /** What the server says is what the client is told. */
    private void refuse(ChannelHandlerContext ctx, ErrorFields error) {
        if (!ended) {
            ended = true;
            deadline.cancel();
            ctx.writeAndFlush(Answers.error(ctx.alloc(), error)).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
