package io.holdfast.loadtest.rig;

import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.RowDescription;
import io.holdfast.protocol.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Stands in for PostgreSQL where there would be too many servers for one machine: lets everybody in and answers each Query with one
 * row. Connections of the proxy's own account are handed to a real server. A virtual thread for each connection.
 */
final class QuietServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SSL_REQUEST = 80877103;
    private static final Map<String, String> PARAMETERS = Map.of(
            "server_version", "18.0",
            "server_encoding", "UTF8",
            "client_encoding", "UTF8",
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "TimeZone", "UTC",
            "integer_datetimes", "on",
            "standard_conforming_strings", "on");

    private final ServerSocket listener;
    private final String account;
    private final int realPort;

    /**
     * Listens on loopback.
     *
     * @param account whose connections go to the real server
     */
    QuietServer(String account, int realPort) throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.account = account;
        this.realPort = realPort;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            int length = in.readInt();
            int code = in.readInt();
            if (code == SSL_REQUEST) {
                client.getOutputStream().write('N');
                length = in.readInt();
                code = in.readInt();
            }
            byte[] parameters = in.readNBytes(length - 8);
            if (value(parameters, "user").equals(account)) {
                relay(client, length, code, parameters);
            } else {
                answer(in, client.getOutputStream());
            }
        } catch (EOFException | SocketException e) {
            // the proxy has closed it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(byte[] parameters, String name) {
        List<String> words = Arrays.asList(new String(parameters, StandardCharsets.UTF_8).split("\0", -1));
        int at = words.indexOf(name);
        return at < 0 ? "" : words.get(at + 1);
    }

    private static void answer(DataInputStream in, OutputStream out) throws IOException {
        ByteBuf greeting = Unpooled.buffer();
        BackendWriter.authenticationOk(greeting);
        PARAMETERS.forEach((name, value) -> BackendWriter.parameterStatus(greeting, name, value));
        BackendWriter.backendKeyData(greeting, 1, new byte[4]);
        BackendWriter.readyForQuery(greeting, TransactionStatus.IDLE);
        send(greeting, out);
        for (int tag = in.read(); tag >= 0 && tag != 'X'; tag = in.read()) {
            in.skipNBytes(in.readInt() - 4L);
            if (tag == 'Q') {
                ByteBuf row = Unpooled.buffer();
                BackendWriter.rowDescription(row, RowDescription.text(List.of("?column?")));
                BackendWriter.dataRow(row, List.of("1"));
                BackendWriter.commandComplete(row, "SELECT 1");
                BackendWriter.readyForQuery(row, TransactionStatus.IDLE);
                send(row, out);
            }
        }
    }

    private static void send(ByteBuf frames, OutputStream out) throws IOException {
        out.write(frames.array(), frames.readerIndex(), frames.readableBytes());
    }

    private void relay(Socket client, int length, int code, byte[] parameters) throws IOException {
        try (Socket real = new Socket(InetAddress.getLoopbackAddress(), realPort)) {
            ByteBuf startup = Unpooled.buffer().writeInt(length).writeInt(code).writeBytes(parameters);
            send(startup, real.getOutputStream());
            Thread.ofVirtual().start(() -> copy(real, client));
            client.getInputStream().transferTo(real.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // the other direction has ended
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
