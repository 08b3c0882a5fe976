package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Servers;
import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.FrontendWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client that costs next to nothing, so that what is between it and the server is seen: it throws away what it gets, and sends what
 * it has already made. Without TLS. For one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    /** A target that hangs must not keep the whole run. */
    private static final int SILENCE_MILLIS = 120_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = socket.getOutputStream();
    }

    /** Logs in to the database of the load tests on this machine. */
    public static RawClient connect(int port, String user) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            RawClient client = new RawClient(socket);
            RawLogin.of(client.in, client.out, user, Servers.PASSWORD, Servers.DATABASE);
            return client;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Runs a query and throws its result away.
     *
     * @return bytes of the answer, headers included
     * @throws IOException if the answer is an error, too
     */
    public long discard(String sql) throws IOException {
        query(sql);
        return toReady();
    }

    /**
     * Runs a COPY FROM STDIN.
     *
     * @param frames whole CopyData frames
     * @param times that they are sent
     * @return bytes sent, headers included
     * @throws IOException if the answer is an error, too
     */
    public long copyIn(String sql, byte[] frames, long times) throws IOException {
        query(sql);
        awaitFrame(BackendTag.COPY_IN_RESPONSE);
        for (long i = 0; i < times; i++) {
            out.write(frames);
        }
        ByteBuf done = Unpooled.buffer();
        FrontendWriter.copyDone(done);
        send(done);
        toReady();
        return frames.length * times;
    }

    /** Sends a statement that will be held, and waits until the proxy says so. */
    public void hold(String sql) throws IOException {
        query(sql);
        awaitFrame(BackendTag.NOTICE_RESPONSE);
    }

    /** Whether something else than notices has come since, such as the answer to a statement that is held. */
    public boolean hasAnswer() throws IOException {
        while (in.available() > 0) {
            byte tag = in.readByte();
            in.skipNBytes(in.readInt() - Integer.BYTES);
            if (tag != BackendTag.NOTICE_RESPONSE.code()) {
                return true;
            }
        }
        return false;
    }

    private void query(String sql) throws IOException {
        ByteBuf query = Unpooled.buffer();
        FrontendWriter.query(query, sql);
        send(query);
    }

    private void send(ByteBuf frames) throws IOException {
        out.write(frames.array(), frames.readerIndex(), frames.readableBytes());
    }

    private void awaitFrame(BackendTag wanted) throws IOException {
        byte tag = in.readByte();
        byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
        if (tag != wanted.code()) {
            throw new IOException("expected " + wanted + ", got " + (char) tag + ' '
                    + new String(body, StandardCharsets.UTF_8).replace('\0', ' '));
        }
    }

    private long toReady() throws IOException {
        long bytes = 0;
        String error = null;
        byte tag;
        do {
            tag = in.readByte();
            int length = in.readInt();
            if (tag == BackendTag.ERROR_RESPONSE.code()) {
                error = new String(in.readNBytes(length - Integer.BYTES), StandardCharsets.UTF_8).replace('\0', ' ');
            } else {
                in.skipNBytes(length - Integer.BYTES);
            }
            bytes += 1L + length;
        } while (tag != BackendTag.READY_FOR_QUERY.code());
        return checked(bytes, error);
    }

    private static long checked(long bytes, @Nullable String error) throws IOException {
        if (error != null) {
            throw new IOException(error);
        }
        return bytes;
    }

    /** Leaves without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
