package io.holdfast.proxy.bypass;

import io.holdfast.protocol.message.Authentication;
import io.holdfast.protocol.message.CommandComplete;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.testing.TestServers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that sends any bytes and notices when it is told to wait. */
final class RawClient implements AutoCloseable {
    private static final int HANG_MILLIS = 30_000;
    private static final Pattern HELD = Pattern.compile("held as (H-\\w+)");

    private final Socket socket;
    private final DataInputStream in;

    /**
     * What came back.
     *
     * @param hold the id that a notice named, in which case nothing behind the notice was awaited; null: none
     * @param errors SQLSTATEs
     * @param messages of the errors
     * @param tags of CommandComplete
     */
    record Answer(@Nullable String hold, List<String> errors, List<String> messages, List<String> tags) {}

    private RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(HANG_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /**
     * Logged in to the sample database.
     *
     * @param port of a proxy or a server
     * @param settings further startup parameters
     */
    static RawClient login(int port, String user, Map<String, String> settings) throws IOException {
        RawClient client = new RawClient(port);
        var parameters = new TreeMap<>(settings);
        parameters.put("user", user);
        parameters.put("database", TestServers.DATABASE);
        client.send(out -> FrontendWriter.startup(out, 3, 0, parameters));
        client.authenticate();
        Answer answer = client.answer();
        if (!answer.errors.isEmpty()) {
            throw new IOException("login: " + answer.errors);
        }
        return client;
    }

    private void authenticate() throws IOException {
        ScramClient scram = ScramClient.withPassword(
                TestServers.PASSWORD, List.of("SCRAM-SHA-256"), null, ScramNonce.random(new SecureRandom()));
        while (true) {
            int type = in.readUnsignedByte();
            ByteBuf body = body();
            if (type != 'R') {
                throw new IOException(
                        "during authentication: " + ErrorFields.read(body).message());
            }
            switch (Authentication.read(body)) {
                case Authentication.Sasl _ ->
                    send(out -> FrontendWriter.saslInitialResponse(out, scram.mechanism(), scram.first()));
                case Authentication.SaslContinue(var data) -> {
                    byte[] response = scram.finish(data);
                    send(out -> FrontendWriter.saslResponse(out, response));
                }
                case Authentication.SaslFinal(var data) -> scram.verify(data);
                case Authentication.Ok _ -> {
                    return;
                }
                case Authentication.CleartextPassword _, Authentication.Md5Password _, Authentication.Unsupported _ ->
                    throw new IOException("asked for another authentication");
            }
        }
    }

    /** Sends messages as the writer makes them. */
    void send(Consumer<ByteBuf> writer) throws IOException {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
        socket.getOutputStream().flush();
    }

    Answer query(String sql) throws IOException {
        send(out -> FrontendWriter.query(out, sql));
        return answer();
    }

    /** Parse, Bind, Execute, Sync. */
    Answer execute(String sql, List<@Nullable String> values) throws IOException {
        send(out -> {
            FrontendWriter.parse(out, "", sql);
            FrontendWriter.bind(out, "", "", values);
            FrontendWriter.execute(out, "", 0);
            FrontendWriter.sync(out);
        });
        return answer();
    }

    /** Everything up to ReadyForQuery, or up to a notice that a statement is held. */
    Answer answer() throws IOException {
        var errors = new ArrayList<String>();
        var messages = new ArrayList<String>();
        var tags = new ArrayList<String>();
        while (true) {
            int type = in.readUnsignedByte();
            ByteBuf body = body();
            switch (type) {
                case 'E' -> {
                    ErrorFields fields = ErrorFields.read(body);
                    errors.add(String.valueOf(fields.code()));
                    messages.add(String.valueOf(fields.message()));
                }
                case 'C' -> tags.add(CommandComplete.read(body).tag());
                case 'N' -> {
                    Matcher notice =
                            HELD.matcher(String.valueOf(ErrorFields.read(body).message()));
                    if (notice.find()) {
                        return new Answer(notice.group(1), errors, messages, tags);
                    }
                }
                case 'Z' -> {
                    return new Answer(null, errors, messages, tags);
                }
                default -> {}
            }
        }
    }

    private ByteBuf body() throws IOException {
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return Unpooled.wrappedBuffer(body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
