package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.session.Script.Line;
import io.holdfast.proxy.session.Script.Peer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a transcript. */
final class Replay implements AutoCloseable {
    /** Of a frame; what is left of a very long one comes in pieces. */
    private static final int SINGLE_BYTES = 2_000;

    private static final int PIECE = 9_973;

    private final World world;
    private final Delivery delivery;
    private final Expectation expectation = new Expectation();
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private @Nullable Peer joinedFrom;
    private String at = "";

    Replay(Wire wire, Delivery delivery) {
        this.world = new World(wire);
        this.delivery = delivery;
    }

    void play(List<Line> lines) {
        for (Line line : lines) {
            if (!(line instanceof Line.Sends sends && sends.peer() == joinedFrom)) {
                deliverJoined();
            }
            switch (line) {
                case Line.Sends(var text, var peer, var frame) -> {
                    at = text;
                    send(peer, frame);
                }
                case Line.Gets(var text, var peer, var frame) -> expect(text, peer, frame);
                case Line.Happens(var text, var event) -> {
                    assertSilence();
                    at = text;
                    world.happens(event);
                }
            }
        }
        deliverJoined();
        assertSilence();
    }

    /** Ends the session; whatever it was given must have been given back. */
    @Override
    public void close() {
        world.end();
        assertThat(world.heldBytes())
                .as("[%s] bytes that nobody released", delivery)
                .isZero();
    }

    private void send(Peer peer, byte[] frame) {
        switch (delivery) {
            case JOINED -> {
                joinedFrom = peer;
                joined.writeBytes(frame);
            }
            case FRAMES -> deliver(peer, frame);
            case BYTES -> {
                for (int at = 0, size; at < frame.length; at += size) {
                    size = Math.min(at < SINGLE_BYTES ? 1 : PIECE, frame.length - at);
                    world.sends(peer, Arrays.copyOfRange(frame, at, at + size));
                }
            }
        }
    }

    private void deliver(Peer peer, byte[] bytes) {
        world.sends(peer, bytes);
    }

    private void deliverJoined() {
        if (joinedFrom != null) {
            Peer from = joinedFrom;
            joinedFrom = null;
            byte[] bytes = joined.toByteArray();
            joined.reset();
            deliver(from, bytes);
        }
    }

    private void expect(String text, Peer peer, String frame) {
        String line = world.lane(peer).poll();
        String actual = line == null ? "nothing" : expectation.stable(line);
        if (!Expectation.matches(frame, actual)) {
            throw new AssertionError(
                    "[" + delivery + "] after  " + at + "\nexpected  " + text + "\n but got  " + actual + rest());
        }
    }

    private void assertSilence() {
        if (!rest().isEmpty()) {
            throw new AssertionError("[" + delivery + "] after  " + at + "\nunexpected" + rest());
        }
    }

    private String rest() {
        var rest = new StringBuilder();
        for (Peer peer : Peer.values()) {
            String more = world.lane(peer).rest();
            if (more != null) {
                rest.append("\n ").append(peer).append(" also got ").append(expectation.stable(more));
            }
        }
        return rest.toString();
    }
}
