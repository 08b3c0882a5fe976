package io.holdfast.proxy.testing;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.startup.DirectTls;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sockets with TLS to a proxy, in either of PostgreSQL's ways. */
public final class TlsSockets {
    private TlsSockets() {}

    /** A client that believes whoever answers, and shows what these have; none: nothing. */
    public static SSLContext context(KeyManager... keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
    }

    /** After an SSLRequest. */
    public static SSLSocket asked(SSLContext context, int port) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.getOutputStream().write(WireClient.bytes(FrontendWriter::sslRequest));
        if (plain.getInputStream().read() != 'S') {
            throw new IOException("TLS is refused");
        }
        return over(plain, context, port);
    }

    /** At once, with PostgreSQL's ALPN. */
    public static SSLSocket direct(SSLContext context, int port) throws IOException {
        return direct(context, port, DirectTls.ALPN);
    }

    /** At once, with these protocols for ALPN. */
    public static SSLSocket direct(SSLContext context, int port, String... protocols) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port), context, port, protocols);
    }

    private static SSLSocket over(Socket plain, SSLContext context, int port, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
