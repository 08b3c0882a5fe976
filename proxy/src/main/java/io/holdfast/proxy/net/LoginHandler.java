package io.holdfast.proxy.net;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.FrontendTag;
import io.holdfast.protocol.message.SaslInitialResponse;
import io.holdfast.protocol.message.SaslResponse;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.protocol.scram.ScramMechanism;
import io.holdfast.protocol.scram.ScramServer;
import io.holdfast.protocol.scram.ScramVerifier;
import io.holdfast.protocol.startup.InitialPacket.StartupMessage;
import io.holdfast.protocol.startup.ProtocolVersion;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Answers;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.upstream.VerifierLookup;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a client by SCRAM with the verifier that the primary has, and recovers the key with which servers are logged in to
 * on its behalf. Reads one password message at a time and nothing else; what comes behind the last one waits for the session.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sasl-authentication.html">SASL Authentication</a>
 */
final class LoginHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(LoginHandler.class);
    private static final int HEADER = 5;

    /** PostgreSQL's PG_MAX_SASL_MESSAGE_LENGTH. */
    private static final int MAX_SASL_BYTES = 1024;

    private final Gateway gateway;
    private final StartupMessage startup;
    private final byte @Nullable [] channelBinding;
    private final @Nullable X509Certificate certificate;
    private final Deadline deadline;
    private final Cumulation input = new Cumulation();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScramServer scram;
    private boolean begun;
    private boolean ended;
    private boolean admitted;

    /**
     * @param channelBinding of the certificate that the client was shown; null without TLS
     * @param certificate that the client has shown, verified; null: none
     * @param deadline running; stopped when the login has succeeded
     */
    LoginHandler(
            Gateway gateway,
            StartupMessage startup,
            byte @Nullable [] channelBinding,
            @Nullable X509Certificate certificate,
            Deadline deadline) {
        this.gateway = gateway;
        this.startup = startup;
        this.channelBinding = channelBinding;
        this.certificate = certificate;
        this.deadline = deadline;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Starts with what came behind the StartupMessage. */
    void begin(ByteBuf rest) {
        ChannelHandlerContext ctx = java.util.Objects.requireNonNull(context);
        if (rest.isReadable()) {
            input.add(rest, ctx.alloc(), _ -> {});
        } else {
            rest.release();
        }
        deadline.then(() -> fail(ctx, ProxyError.AUTHENTICATION_TIMEOUT.report()));
        ErrorReport objection = StartupChecks.objection(startup);
        if (objection == null) {
            objection = certificateObjection(ctx);
        }
        if (objection != null) {
            fail(ctx, objection);
            return;
        }
        admitted = gateway.clients().admit();
        if (!admitted) {
            fail(ctx, ProxyError.TOO_MANY_CLIENTS.report());
            return;
        }
        ProtocolVersion.Negotiation version =
                ProtocolVersion.negotiate(startup.minor(), startup.parameters().keySet());
        if (version.mustSend()) {
            ByteBuf out = ctx.alloc().buffer();
            BackendWriter.negotiateProtocolVersion(out, version.version(), version.unsupported());
            ctx.write(out);
        }
        long asked = System.nanoTime();
        gateway.verifiers()
                .lookup(String.valueOf(startup.user()))
                .thenAccept(found -> ctx.executor().execute(() -> {
                    gateway.services().meters().verifierLookedUp(Duration.ofNanos(System.nanoTime() - asked));
                    offer(ctx, found);
                }));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        input.add(bytes, ctx.alloc(), all -> read(ctx, all));
        if (input.size() > MAX_SASL_BYTES && ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(false); // it waits; so may the client
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        input.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Connections.log(LOG, "client", ctx.channel(), cause);
        ctx.close();
    }

    /** Before the password is asked for, so that nobody without the user's certificate can guess it. */
    private @Nullable ErrorReport certificateObjection(ChannelHandlerContext ctx) {
        TlsContexts.Server tls = gateway.tls();
        if (tls == null || tls.demand() == null) {
            return null;
        }
        Instant now = gateway.services().clock().instant();
        ErrorReport objection = ClientCertificate.objection(tls.demand(), certificate, startup.user(), now);
        if (objection != null) {
            gateway.services().meters().authenticationFailed();
            LOG.info(
                    "login of \"{}\" from {} failed: {}; certificate of {}",
                    startup.user(),
                    ClientAddress.of(ctx.channel()),
                    objection.message(),
                    certificate == null
                            ? "nobody"
                            : ClientCertificate.subject(certificate).name());
        }
        return objection;
    }

    private void offer(ChannelHandlerContext ctx, VerifierLookup found) {
        if (ended || !ctx.channel().isActive()) {
            return;
        }
        String user = String.valueOf(startup.user());
        ScramVerifier verifier;
        switch (found) {
            case VerifierLookup.Found(var text) -> verifier = ScramVerifier.parse(text);
            case VerifierLookup.Absent(var reason) -> {
                LOG.info("login of \"{}\" will fail: {}", user, reason);
                verifier = ScramVerifier.mock(user, gateway.mockSecret());
            }
            case VerifierLookup.Unavailable(var why) -> {
                LOG.warn("login of \"{}\" failed: {}", user, why);
                fail(ctx, ProxyError.UPSTREAM_UNAVAILABLE.report()); // why is for the log: nobody has logged in yet
                return;
            }
        }
        scram = new ScramServer(verifier, channelBinding, gateway.nonce());
        ByteBuf out = ctx.alloc().buffer();
        BackendWriter.authenticationSasl(out, ScramMechanism.offered(channelBinding));
        ctx.writeAndFlush(out);
        input.read(all -> read(ctx, all));
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            while (!ended && scram != null && in.readableBytes() >= HEADER) {
                int at = in.readerIndex();
                int length = in.getInt(at + 1);
                if (in.getByte(at) != FrontendTag.PASSWORD.code()) {
                    throw new ProtocolViolation("expected SASL response, got message type " + (in.getByte(at) & 0xff));
                }
                if (length < 4 || length > MAX_SASL_BYTES + 4) {
                    throw new ProtocolViolation("length: " + length + " (expected: 4.." + (MAX_SASL_BYTES + 4) + ')');
                }
                if (in.readableBytes() < length + 1) {
                    return;
                }
                exchange(ctx, scram, in.readSlice(length + 1).skipBytes(HEADER));
            }
        } catch (ProtocolViolation violation) {
            fail(ctx, ProxyError.INVALID_STARTUP.report(String.valueOf(violation.getMessage())));
        }
    }

    private void exchange(ChannelHandlerContext ctx, ScramServer server, ByteBuf body) {
        if (!begun) {
            begun = true;
            SaslInitialResponse response = SaslInitialResponse.read(body);
            byte[] data = response.data();
            byte[] challenge = server.first(response.mechanism(), data == null ? new byte[0] : data);
            ByteBuf out = ctx.alloc().buffer();
            BackendWriter.authenticationSaslContinue(out, challenge);
            ctx.writeAndFlush(out);
            return;
        }
        switch (server.finish(SaslResponse.read(body).data())) {
            case ScramServer.Result.Success(var serverFinal, var keys) -> {
                ByteBuf out = ctx.alloc().buffer();
                BackendWriter.authenticationSaslFinal(out, serverFinal);
                BackendWriter.authenticationOk(out);
                ctx.write(out);
                succeeded(ctx, keys);
            }
            case ScramServer.Result.Failure(var reason) -> {
                LOG.info("login of \"{}\" from {} failed: {}", startup.user(), ClientAddress.of(ctx.channel()), reason);
                gateway.services().meters().authenticationFailed();
                if (Gateway.CONSOLE_DATABASE.equals(startup.database())) {
                    gateway.console()
                            .refused(
                                    String.valueOf(startup.user()),
                                    ClientAddress.of(ctx.channel()).getAddress().getHostAddress());
                }
                fail(ctx, ProxyError.AUTHENTICATION_FAILED.report(String.valueOf(startup.user())));
            }
        }
    }

    private void succeeded(ChannelHandlerContext ctx, ScramKeys keys) {
        Identity identity = StartupChecks.identity(
                startup,
                gateway.people(),
                ctx.channel(),
                keys,
                certificate == null ? null : ClientCertificate.subject(certificate));
        boolean longKeys = ProtocolVersion.negotiate(
                        startup.minor(), startup.parameters().keySet())
                .longCancelKeys();
        ErrorReport tooMany = identity.database().equals(Gateway.CONSOLE_DATABASE)
                ? null // whoever is to end a crowd must get in
                : gateway.clients().join(identity.user(), identity.database(), ctx.channel());
        if (tooMany != null) {
            fail(ctx, tooMany);
            return;
        }
        ended = true;
        admitted = false; // the session leaves in our place
        ctx.channel().closeFuture().addListener(_ -> gateway.clients().leave());
        ctx.channel().config().setAutoRead(true);
        Entrance entrance = new Entrance(gateway, identity, longKeys, deadline);
        ctx.pipeline().addLast(entrance);
        ByteBuf rest = input.take();
        ctx.pipeline().remove(this);
        entrance.begin(rest);
    }

    private void fail(ChannelHandlerContext ctx, ErrorReport why) {
        end();
        ctx.writeAndFlush(Answers.error(ctx.alloc(), why)).addListener(ChannelFutureListener.CLOSE);
    }

    private void end() {
        ended = true;
        if (admitted) {
            admitted = false;
            gateway.clients().leave();
        }
        deadline.cancel();
    }
}
