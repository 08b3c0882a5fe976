package io.holdfast.proxy.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code ssh -L} does: passes on bytes from one end, here, to the other, which is anywhere. */
public final class Tunnel implements AutoCloseable {
    private final ServerSocketChannel end;
    private final SocketAddress farEnd;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger used = new AtomicInteger();

    private Tunnel(ServerSocketChannel end, SocketAddress farEnd) {
        this.end = end;
        this.farEnd = farEnd;
        Thread.ofVirtual().start(this::accept);
    }

    /** With its near end at any port of a local address. */
    public static Tunnel at(String address, int toPort) throws IOException {
        return new Tunnel(
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), toPort));
    }

    /** With its near end at a Unix socket. */
    public static Tunnel at(Path socket, int toPort) throws IOException {
        Files.deleteIfExists(socket);
        return new Tunnel(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), toPort));
    }

    /** Of the near end. */
    public int port() throws IOException {
        return ((InetSocketAddress) end.getLocalAddress()).getPort();
    }

    /** How often somebody came through. */
    public int used() {
        return used.get();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = end.accept();
                used.incrementAndGet();
                SocketChannel far = SocketChannel.open(farEnd);
                open.add(near);
                open.add(far);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(16_384);
        try (from;
                to) {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException e) {
            // the other end is gone
        }
    }

    @Override
    public void close() throws IOException {
        end.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
