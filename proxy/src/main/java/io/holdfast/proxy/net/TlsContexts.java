package io.holdfast.proxy.net;

import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.config.ServerTls;
import io.holdfast.config.UpstreamTls;
import io.holdfast.protocol.scram.ChannelBinding;
import io.holdfast.protocol.startup.DirectTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS in both directions, made once at start. */
final class TlsContexts {
    /**
     * What a TLS handshake with clients needs.
     *
     * @param demand which certificates clients must show; null: they are asked for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Server(
            SslContext context,
            byte @Nullable [] channelBinding,
            boolean required,
            @Nullable Demand demand) {}

    private TlsContexts() {}

    /**
     * For clients. ALPN is optional after SSLRequest and required with direct TLS; any other protocol than ours fails the
     * handshake.
     *
     * @throws IOException if a file cannot be read or is not what it should be
     */
    static @Nullable Server server(@Nullable ServerTls config) throws IOException {
        if (config == null) {
            return null;
        }
        try (InputStream in = Files.newInputStream(config.certificate())) {
            X509Certificate leaf =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            SslContextBuilder builder = SslContextBuilder.forServer(
                            config.certificate().toFile(), config.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.FATAL_ALERT,
                            SelectedListenerFailureBehavior.FATAL_ALERT,
                            DirectTls.ALPN));
            ClientCertificates clients = config.clients();
            if (clients != null) {
                // Not required by TLS, whoever must show one: a client that shows none is told so in words, as
                // PostgreSQL does.
                builder.trustManager(ClientTrust.of(clients)).clientAuth(ClientAuth.OPTIONAL);
            }
            return new Server(
                    builder.build(),
                    ChannelBinding.tlsServerEndPoint(leaf),
                    config.required(),
                    clients == null ? null : clients.demand());
        } catch (CertificateException e) {
            throw new IOException(config.certificate() + ": " + e.getMessage(), e);
        }
    }

    /**
     * For servers; null where TLS is not used.
     *
     * @throws SSLException if the trusted certificates cannot be read
     */
    static @Nullable SslContext upstream(UpstreamTls config) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        return switch (config.mode()) {
            case DISABLE -> null;
            case REQUIRE ->
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build();
            case VERIFY_CA ->
                trusting(builder, config).endpointIdentificationAlgorithm(null).build();
            case VERIFY_FULL ->
                trusting(builder, config)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
        };
    }

    private static SslContextBuilder trusting(SslContextBuilder builder, UpstreamTls config) {
        return config.rootCertificate() == null
                ? builder
                : builder.trustManager(config.rootCertificate().toFile());
    }
}
