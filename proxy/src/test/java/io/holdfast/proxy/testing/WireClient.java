package io.holdfast.proxy.testing;

import io.holdfast.protocol.message.Authentication;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramNonce;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever bytes it is told to. Every wait is bounded: a proxy that hangs fails the test. */
public final class WireClient implements AutoCloseable {
    /** Far above any honest answer, so that only a hang reaches it. */
    private static final int HANG_MILLIS = 30_000;

    /** Above any answer that a test reads whole. */
    private static final int LONGEST = 1 << 28;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public WireClient(int port) throws IOException {
        this(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .socket());
    }

    /** Over a socket that is connected, such as one with TLS. */
    public WireClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(HANG_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = socket.getOutputStream();
    }

    /** Logged in as ana to the sample database. */
    public static WireClient login(int port, String application) throws IOException {
        return login(port, "ana", Map.of("application_name", application));
    }

    /**
     * Logged in to the sample database.
     *
     * @param port of a proxy or a server
     * @param settings further startup parameters
     */
    public static WireClient login(int port, String user, Map<String, String> settings) throws IOException {
        WireClient client = new WireClient(port);
        client.startup(user, settings);
        client.authenticate();
        client.readUntil('Z');
        return client;
    }

    public Socket socket() {
        return socket;
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends messages as the writer makes them. */
    public void send(Consumer<ByteBuf> writer) throws IOException {
        send(bytes(writer));
    }

    public static byte[] bytes(Consumer<ByteBuf> writer) {
        ByteBuf buffer = Unpooled.buffer();
        writer.accept(buffer);
        return ByteBufUtil.getBytes(buffer);
    }

    public void startup(String user, String application) throws IOException {
        startup(user, Map.of("application_name", application));
    }

    private void startup(String user, Map<String, String> settings) throws IOException {
        var parameters = new TreeMap<>(settings);
        parameters.put("user", user);
        parameters.put("database", TestServers.DATABASE);
        send(buffer -> FrontendWriter.startup(buffer, 3, 0, parameters));
    }

    /** SCRAM, up to AuthenticationOk. */
    public void authenticate() throws IOException {
        Frame last = tryToAuthenticate().getLast();
        if (last.type() != 'R') {
            throw new IOException("during authentication: " + last);
        }
    }

    /** SCRAM, up to AuthenticationOk or an error; gives all that came. */
    public List<Frame> tryToAuthenticate() throws IOException {
        var frames = new ArrayList<Frame>();
        @Nullable ScramClient scram = null;
        while (true) {
            Frame frame = read();
            frames.add(frame);
            if (frame.type() == 'v') {
                continue; // NegotiateProtocolVersion
            }
            if (frame.type() != 'R') {
                return frames;
            }
            switch (Authentication.read(Unpooled.wrappedBuffer(frame.body()))) {
                case Authentication.Sasl(var mechanisms) -> {
                    ScramClient first = ScramClient.withPassword(
                            TestServers.PASSWORD, mechanisms, null, ScramNonce.random(new SecureRandom()));
                    scram = first;
                    send(buffer -> FrontendWriter.saslInitialResponse(buffer, first.mechanism(), first.first()));
                }
                case Authentication.SaslContinue(var data) -> {
                    byte[] response = Objects.requireNonNull(scram).finish(data);
                    send(buffer -> FrontendWriter.saslResponse(buffer, response));
                }
                case Authentication.SaslFinal(var data) ->
                    Objects.requireNonNull(scram).verify(data);
                case Authentication.Ok _ -> {
                    return frames;
                }
                case Authentication.CleartextPassword _, Authentication.Md5Password _, Authentication.Unsupported _ ->
                    throw new IOException("asked for another authentication");
            }
        }
    }

    public void query(String sql) throws IOException {
        send(buffer -> FrontendWriter.query(buffer, sql));
    }

    /**
     * One message, whole.
     *
     * @throws ProtocolException if its length is none
     */
    public Frame read() throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > LONGEST) {
            throw new ProtocolException((char) type + " of " + length + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Frame((char) type, body);
    }

    /** Everything up to and with a message of this type. */
    public List<Frame> readUntil(char type) throws IOException {
        var frames = new ArrayList<Frame>();
        do {
            frames.add(read());
        } while (frames.getLast().type() != type);
        return frames;
    }

    /** Reads up to ReadyForQuery without keeping anything, and gives the number of messages of one type. */
    public long countUntilReady(char counted) throws IOException {
        long count = 0;
        int type;
        do {
            type = in.readUnsignedByte();
            in.skipNBytes(in.readInt() - (long) Integer.BYTES);
            count += type == counted ? 1 : 0;
        } while (type != 'Z');
        return count;
    }

    /** Runs a query and gives everything up to ReadyForQuery. */
    public List<Frame> ask(String sql) throws IOException {
        query(sql);
        return readUntil('Z');
    }

    /** Runs a query and gives what came of it. */
    public Answer answerTo(String sql) throws IOException {
        query(sql);
        return answer();
    }

    /** Parse, Bind, Execute, Sync, and what came of them. */
    public Answer execute(String sql, List<@Nullable String> values) throws IOException {
        send(buffer -> {
            FrontendWriter.parse(buffer, "", sql);
            FrontendWriter.bind(buffer, "", "", values);
            FrontendWriter.execute(buffer, "", 0);
            FrontendWriter.sync(buffer);
        });
        return answer();
    }

    /** Everything up to ReadyForQuery, or up to a notice that a statement is held. */
    public Answer answer() throws IOException {
        var frames = new ArrayList<Frame>();
        do {
            frames.add(read());
        } while (frames.getLast().type() != 'Z' && Answer.hold(frames.getLast()) == null);
        return Answer.of(frames);
    }

    /** One byte, such as the answer to an SSLRequest. */
    public int readByte() throws IOException {
        return in.read();
    }

    /** Bounds every wait from now on. */
    public void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Whether nothing comes within this time; what comes is kept for the next read. */
    public boolean isSilentFor(int millis) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(patience);
        }
    }

    /**
     * What still comes until the proxy closes the connection, whole messages only.
     *
     * @throws SocketTimeoutException if it does not close
     */
    public List<Frame> readUntilClosed() throws IOException {
        var frames = new ArrayList<Frame>();
        try {
            while (true) {
                frames.add(read());
            }
        } catch (EOFException | SocketException e) {
            return frames; // a reset is a close with unread bytes
        }
    }

    /** Everything up to ReadyForQuery, or up to the end if there is none. */
    public List<Frame> readUntilClosedOrReady() throws IOException {
        var frames = new ArrayList<Frame>();
        try {
            do {
                frames.add(read());
            } while (frames.getLast().type() != 'Z');
        } catch (EOFException | SocketException e) {
            // the end
        }
        return frames;
    }

    /** Bytes as they come, wherever messages begin. */
    public byte[] readPart(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** Whether nothing else comes until the proxy closes the connection. */
    public boolean restContainsOnly(char wanted) throws IOException {
        byte[] part = new byte[1 << 16];
        boolean only = true;
        try {
            for (int n = in.read(part); n > 0; n = in.read(part)) {
                for (int i = 0; i < n; i++) {
                    only &= part[i] == wanted;
                }
            }
        } catch (SocketException e) {
            // a reset is an end, too
        }
        return only;
    }

    /** Closes as a process that crashed: the peer sees a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
