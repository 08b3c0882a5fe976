package io.holdfast.proxy.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Unix sockets for pgjdbc, which makes one of these by its name, with the file as argument. Time limits are the caller's, who closes the
 * connection.
 */
public final class UnixSockets extends SocketFactory {
    private final String file;

    public UnixSockets(String file) {
        this.file = file;
    }

    @Override
    public Socket createSocket() {
        return new UnixSocket(file);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw unsupported();
    }

    private static IOException unsupported() {
        return new IOException("a Unix socket has no host");
    }

    /** As much of a socket as the driver uses; options of TCP mean nothing here. */
    private static final class UnixSocket extends Socket {
        private final UnixDomainSocketAddress address;
        private SocketChannel channel = closed();
        private boolean closed;

        UnixSocket(String file) {
            address = UnixDomainSocketAddress.of(file);
        }

        private static SocketChannel closed() {
            try {
                return SocketChannel.open(StandardProtocolFamily.UNIX);
            } catch (IOException e) {
                throw new UncheckedIOException("Unix sockets are not available", e);
            }
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            channel.connect(address);
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void close() throws IOException {
            closed = true;
            channel.close();
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public InetAddress getInetAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public int getSendBufferSize() {
            return 8_192;
        }

        @Override
        public int getReceiveBufferSize() {
            return 8_192;
        }
    }
}
