package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.Authentication;
import io.holdfast.protocol.message.BackendKeyData;
import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.message.ParameterStatus;
import io.holdfast.protocol.scram.ChannelBinding;
import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.Leg;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to a server as the session's own user: TLS if configured, StartupMessage, SCRAM with the keys from the client's proof,
 * and everything up to the first ReadyForQuery. Then a {@link LegHandler} takes its place.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP">Start-up</a>
 */
final class UpstreamLogin extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;

    /** No message of a login is longer. */
    private static final int MAX_FRAME_BYTES = 64 << 10;

    /** 3.2 adds nothing but longer cancel keys, and poolers that may stand before a server take it for garbage. */
    private static final int PROTOCOL_MINOR = 0;

    /** Starting up, shutting down, crashed: says nothing of the user, and another server may do. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03");

    private final HostPort server;
    private final LegRole role;
    private final Identity identity;
    private final String application;
    private final @Nullable SslContext tls;
    private final ScramNonce nonce;
    private final LegOpener.Opened then;
    private final Cumulation input = new Cumulation();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private BackendKey key = new BackendKey(0, new byte[4]);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScramClient scram;
    private boolean serverProven;
    private boolean ended;

    /** @param application what the server is told as application_name; empty: nothing */
    UpstreamLogin(
            HostPort server,
            LegRole role,
            Identity identity,
            String application,
            @Nullable SslContext tls,
            ScramNonce nonce,
            LegOpener.Opened then) {
        this.server = server;
        this.role = role;
        this.identity = identity;
        this.application = application;
        this.tls = tls;
        this.nonce = nonce;
        this.then = then;
    }

    /** The channel is connected. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (tls == null) {
            sendStartup(ctx);
            return;
        }
        TlsRequest request = new TlsRequest(tls, server, new TlsRequest.Outcome() {
            @Override
            public void encrypted() {
                sendStartup(ctx);
            }

            @Override
            public void failed(String why) {
                unreachable(ctx, why);
            }
        });
        ctx.pipeline().addBefore(ctx.name(), "tls-request", request);
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
            unreachable(ctx, "not a trustworthy server: " + violation.getMessage());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        unreachable(ctx, "the server closed the connection during login");
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        unreachable(ctx, String.valueOf(cause.getMessage()));
    }

    /** The time for the whole login is over. */
    void timeout() {
        if (context != null) {
            unreachable(context, "no answer in time");
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        while (!ended && in.readableBytes() >= HEADER) {
            int at = in.readerIndex();
            int length = in.getInt(at + 1);
            if (length < 4 || length > MAX_FRAME_BYTES) {
                throw new ProtocolViolation("length: " + length);
            }
            if (in.readableBytes() < length + 1) {
                return;
            }
            byte code = in.getByte(at);
            ByteBuf body = in.readSlice(length + 1).skipBytes(HEADER);
            frame(ctx, code, body);
        }
        if (ended && in.isReadable()) {
            ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes())); // to the leg, if there is one
        }
    }

    private void sendStartup(ChannelHandlerContext ctx) {
        var startup = new LinkedHashMap<String, String>();
        startup.put("user", identity.user());
        startup.put("database", identity.database());
        startup.putAll(identity.parameters());
        if (!application.isEmpty()) {
            startup.put("application_name", application);
        }
        if (role == LegRole.FOLLOWER) {
            startup.put("default_transaction_read_only", "on"); // holds even after a promotion
        }
        ByteBuf out = ctx.alloc().buffer();
        FrontendWriter.startup(out, 3, PROTOCOL_MINOR, startup);
        ctx.writeAndFlush(out);
    }

    private void frame(ChannelHandlerContext ctx, byte code, ByteBuf body) {
        BackendTag tag = BackendTag.of(code);
        if (tag == null) {
            throw new ProtocolViolation("message type: " + (code & 0xff));
        }
        switch (tag) {
            case AUTHENTICATION -> authenticate(ctx, Authentication.read(body));
            case PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.read(body);
                boolean ours = status.name().equals("application_name")
                        && status.value().equals(application);
                parameters.put(status.name(), ours ? identity.application() : status.value());
            }
            case BACKEND_KEY_DATA -> {
                BackendKeyData data = BackendKeyData.read(body);
                key = new BackendKey(data.pid(), data.key());
            }
            case READY_FOR_QUERY -> opened(ctx);
            case ERROR_RESPONSE -> failed(ctx, ErrorFields.read(body));
            case NOTICE_RESPONSE, NEGOTIATE_PROTOCOL_VERSION, NOTIFICATION_RESPONSE -> {}
            case BIND_COMPLETE,
                    CLOSE_COMPLETE,
                    COMMAND_COMPLETE,
                    COPY_BOTH_RESPONSE,
                    COPY_DATA,
                    COPY_DONE,
                    COPY_IN_RESPONSE,
                    COPY_OUT_RESPONSE,
                    DATA_ROW,
                    EMPTY_QUERY_RESPONSE,
                    FUNCTION_CALL_RESPONSE,
                    NO_DATA,
                    PARAMETER_DESCRIPTION,
                    PARSE_COMPLETE,
                    PORTAL_SUSPENDED,
                    ROW_DESCRIPTION -> throw new ProtocolViolation("message during login: " + tag);
        }
    }

    private void authenticate(ChannelHandlerContext ctx, Authentication step) {
        switch (step) {
            case Authentication.Ok _ -> {
                if (scram != null && !serverProven) {
                    throw new ProtocolViolation("the server did not prove that it knows the verifier");
                }
            }
            case Authentication.Sasl(var mechanisms) -> {
                ScramClient client = ScramClient.withKeys(identity.keys(), mechanisms, channelBinding(ctx), nonce);
                scram = client;
                ByteBuf out = ctx.alloc().buffer();
                FrontendWriter.saslInitialResponse(out, client.mechanism(), client.first());
                ctx.writeAndFlush(out);
            }
            case Authentication.SaslContinue(var data) -> {
                ByteBuf out = ctx.alloc().buffer();
                FrontendWriter.saslResponse(out, scram().finish(data));
                ctx.writeAndFlush(out);
            }
            case Authentication.SaslFinal(var data) -> {
                scram().verify(data);
                serverProven = true;
            }
            case Authentication.CleartextPassword _ ->
                throw new ProtocolViolation("the server asks for a clear-text password (expected: scram-sha-256)");
            case Authentication.Md5Password _ ->
                throw new ProtocolViolation("the server asks for an MD5 password (expected: scram-sha-256)");
            case Authentication.Unsupported(var code) ->
                throw new ProtocolViolation(
                        "the server asks for authentication " + code + " (expected: scram-sha-256)");
        }
    }

    private ScramClient scram() {
        ScramClient client = scram;
        if (client == null) {
            throw new ProtocolViolation("SCRAM message out of turn");
        }
        return client;
    }

    private static byte @Nullable [] channelBinding(ChannelHandlerContext ctx) {
        SslHandler handler = ctx.pipeline().get(SslHandler.class);
        if (handler == null) {
            return null;
        }
        try {
            Certificate leaf = handler.engine().getSession().getPeerCertificates()[0];
            return leaf instanceof X509Certificate x509 ? ChannelBinding.tlsServerEndPoint(x509) : null;
        } catch (SSLPeerUnverifiedException e) {
            throw new ProtocolViolation("no certificate");
        }
    }

    private void opened(ChannelHandlerContext ctx) {
        ended = true;
        LegHandler link = new LegHandler(ctx.channel());
        ctx.pipeline().addLast(link);
        then.opened(new Leg(role, server, link, key, parameters));
        ctx.pipeline().remove(this);
    }

    private void failed(ChannelHandlerContext ctx, ErrorFields error) {
        String code = error.code();
        if (code != null && AWAY.contains(code)) {
            unreachable(ctx, String.valueOf(error.message()));
        } else {
            refused(ctx, error);
        }
    }

    private void refused(ChannelHandlerContext ctx, ErrorFields error) {
        if (!ended) {
            ended = true;
            then.refused(error);
            ctx.close();
        }
    }

    private void unreachable(ChannelHandlerContext ctx, String why) {
        if (!ended) {
            ended = true;
            then.unreachable(why);
            ctx.close();
        }
    }
}
