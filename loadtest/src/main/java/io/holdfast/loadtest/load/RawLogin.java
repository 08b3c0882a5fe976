package io.holdfast.loadtest.load;

import io.holdfast.protocol.message.Authentication;
import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramNonce;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logs a client in by SCRAM, or without a password where the server asks for none. */
final class RawLogin {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataInputStream in;
    private final OutputStream out;
    private @Nullable ScramClient scram;

    private RawLogin(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Goes as far as the first ReadyForQuery. */
    static void of(DataInputStream in, OutputStream out, String user, String password, String database)
            throws IOException {
        new RawLogin(in, out).run(user, password, database);
    }

    private void run(String user, String password, String database) throws IOException {
        ByteBuf startup = Unpooled.buffer();
        FrontendWriter.startup(startup, 3, 0, Map.of("user", user, "database", database));
        send(startup);
        for (byte tag = in.readByte(); tag != BackendTag.READY_FOR_QUERY.code(); tag = in.readByte()) {
            ByteBuf body = Unpooled.wrappedBuffer(in.readNBytes(in.readInt() - Integer.BYTES));
            if (tag == BackendTag.ERROR_RESPONSE.code()) {
                throw new IOException("login refused: " + body.toString(StandardCharsets.UTF_8));
            }
            if (tag == BackendTag.AUTHENTICATION.code()) {
                answer(Authentication.read(body), password);
            }
        }
        in.skipNBytes(in.readInt() - Integer.BYTES);
    }

    private void answer(Authentication message, String password) throws IOException {
        ByteBuf answer = Unpooled.buffer();
        switch (message) {
            case Authentication.Ok _ -> {}
            case Authentication.Sasl(var mechanisms) -> {
                scram = ScramClient.withPassword(password, mechanisms, null, ScramNonce.random(RANDOM));
                FrontendWriter.saslInitialResponse(answer, scram.mechanism(), scram.first());
            }
            case Authentication.SaslContinue(var data) ->
                FrontendWriter.saslResponse(answer, exchange().finish(data));
            case Authentication.SaslFinal(var data) -> exchange().verify(data);
            case Authentication.CleartextPassword _, Authentication.Md5Password _, Authentication.Unsupported _ ->
                throw new IOException("login wants something else than SCRAM: " + message);
        }
        send(answer);
    }

    private ScramClient exchange() throws IOException {
        if (scram == null) {
            throw new IOException("login goes on before it has begun");
        }
        return scram;
    }

    private void send(ByteBuf frames) throws IOException {
        out.write(frames.array(), frames.readerIndex(), frames.readableBytes());
        out.flush();
    }
}
