package io.holdfast.proxy.differential;

import io.holdfast.protocol.message.BackendKeyData;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays a script to one port and writes down what comes back. */
final class Player implements AutoCloseable {
    private static final int HANG_MILLIS = 5_000;

    /** Long against what a loopback takes. If too short on some day, a difference stays unseen; none is made up. */
    private static final int SILENCE_MILLIS = 120;

    /** Of what is sent at once; a piece is one byte or a few, unless that were more pieces. */
    private static final int MOST_PIECES = 60;

    /** A connection, and whether it has got past its login. */
    private static final class Lane {
        final WireClient client;
        boolean ready;
        boolean ended;

        @Nullable
        BackendKeyData key;

        Lane(int port) throws IOException {
            client = new WireClient(port);
            client.patience(HANG_MILLIS);
        }
    }

    /** Somebody cannot be waited for any longer. */
    private static final class Stuck extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final int port;
    private final boolean inPieces;
    private final Map<Character, Lane> lanes = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>();

    private Player(int port, boolean inPieces) {
        this.port = port;
        this.inPieces = inPieces;
    }

    /**
     * Plays the script from a fresh connection to the end.
     *
     * @param inPieces whether the bytes arrive a few at a time
     * @return one line for each message of the server
     */
    static List<String> play(Script script, int port, boolean inPieces) throws IOException {
        try (Player player = new Player(port, inPieces)) {
            try {
                for (Step step : script.steps()) {
                    player.play(step);
                }
                player.sayGoodbye();
            } catch (Stuck e) {
                // What the trace ends with says why.
            }
            return player.trace;
        }
    }

    private void play(Step step) throws IOException, Stuck {
        char name = step.lane();
        switch (step) {
            case Step.Connect _ -> lanes.put(name, new Lane(port));
            case Step.Login login -> login(name, login.settings());
            case Step.Authenticate _ -> authenticate(name);
            case Step.Send send -> send(lane(name), send.lines());
            case Step.Await await -> await(name, await.times(), await.message());
            case Step.AwaitByte _ ->
                trace.add(name + "< byte " + (char) lane(name).client.readByte());
            case Step.AwaitEnd _ -> awaitEnd(name);
            case Step.Silence _ ->
                trace.add(name + (lane(name).client.isSilentFor(SILENCE_MILLIS) ? "< nothing" : "< something"));
            case Step.Cancel _ -> cancel(Objects.requireNonNull(lane(name).key));
            case Step.Vanish _ -> {
                lane(name).ended = true;
                lane(name).client.close();
            }
        }
    }

    /** The lane, logged in if the script has not opened it. */
    private Lane lane(char name) throws IOException, Stuck {
        Lane lane = lanes.get(name);
        if (lane == null) {
            int before = trace.size();
            lane = login(name, List.of());
            trace.subList(before, trace.size()).clear(); // compared where a script logs in
        }
        return lane;
    }

    private Lane login(char name, List<String> settings) throws IOException, Stuck {
        Lane lane = new Lane(port);
        lanes.put(name, lane);
        var parameters = new TreeMap<>(Map.of("user", "ana", "database", World.DATABASE));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            parameters.put(parts[0], parts[1]);
        }
        lane.client.send(out -> FrontendWriter.startup(out, 3, 0, parameters));
        authenticate(name);
        await(name, 1, "ReadyForQuery");
        return lane;
    }

    private void authenticate(char name) throws IOException, Stuck {
        try {
            for (Frame frame : lane(name).client.tryToAuthenticate()) {
                note(name, frame);
            }
        } catch (EOFException | SocketException e) {
            trace.add(name + "< end");
            throw new Stuck();
        }
    }

    private void send(Lane lane, List<String> lines) throws IOException {
        byte[] bytes = WireClient.bytes(out -> lines.forEach(line -> Outgoing.write(line, out)));
        try {
            int piece = inPieces ? 1 + bytes.length / MOST_PIECES : bytes.length;
            for (int at = 0; at < bytes.length; at += piece) {
                lane.client.send(Arrays.copyOfRange(bytes, at, Math.min(at + piece, bytes.length)));
            }
        } catch (IOException e) {
            // Closed by the other side already: what it said before is still to be read.
        }
    }

    private void await(char name, int times, String message) throws IOException, Stuck {
        String wanted = name + "< " + message;
        for (int seen = 0; seen < times; ) {
            Frame frame = read(name);
            if (frame == null) {
                throw new Stuck();
            }
            seen += note(name, frame).startsWith(wanted) ? 1 : 0;
        }
    }

    private void awaitEnd(char name) throws IOException, Stuck {
        Frame frame;
        do {
            frame = read(name);
            if (frame != null) {
                note(name, frame);
            }
        } while (frame != null);
    }

    /** The next message; null: the connection has ended, which the trace then has. */
    private @Nullable Frame read(char name) throws IOException, Stuck {
        Lane lane = lane(name);
        try {
            return lane.client.read();
        } catch (EOFException | SocketException e) {
            lane.ended = true; // a reset is a close with unread bytes
            trace.add(name + "< end");
            return null;
        } catch (ProtocolException e) {
            trace.add(name + "< not a message: " + e.getMessage());
            throw new Stuck();
        } catch (SocketTimeoutException e) {
            trace.add(name + "< nothing any more");
            throw new Stuck();
        }
    }

    private String note(char name, Frame frame) throws IOException, Stuck {
        Lane lane = lane(name);
        lane.ready |= frame.type() == 'Z';
        if (frame.type() == 'K') {
            lane.key = BackendKeyData.read(Unpooled.wrappedBuffer(frame.body()));
        }
        String line = name + "< " + Normalized.line(frame);
        trace.add(line);
        return line;
    }

    private void cancel(BackendKeyData key) throws IOException {
        try (WireClient canceling = new WireClient(port)) {
            canceling.send(out -> FrontendWriter.cancelRequest(out, key.pid(), key.key()));
            canceling.readUntilClosed();
        }
    }

    private void sayGoodbye() throws IOException, Stuck {
        for (char name : List.copyOf(lanes.keySet())) {
            Lane lane = lane(name);
            if (lane.ended || !lane.ready) {
                continue;
            }
            trace.add(name + " Sync at the end");
            send(lane, List.of("Sync"));
            await(name, 1, "ReadyForQuery");
            send(lane, List.of("Terminate"));
            awaitEnd(name);
        }
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes.values()) {
            lane.client.close();
        }
    }
}
