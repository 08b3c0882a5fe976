package io.holdfast.proxy.session;

import io.holdfast.protocol.trace.TraceParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** The lines of a transcript. {@code >} is towards the server; C client, P primary, R follower, {@code @} everybody else. */
final class Script {
    /** Who is at the other end of a lane. */
    enum Peer {
        CLIENT,
        PRIMARY,
        FOLLOWER
    }

    /** What happens, and what must. */
    sealed interface Line {
        /** As written, for messages. */
        String text();

        /** The peer sends a frame. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Sends(String text, Peer peer, byte[] frame) implements Line {}

        /** The peer must have been sent this, next. */
        record Gets(String text, Peer peer, String frame) implements Line {}

        /** Something outside the connections. */
        record Happens(String text, String event) implements Line {}
    }

    private Script() {}

    static List<Line> parse(String text) {
        var lines = new ArrayList<Line>();
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            String rest = line.length() > 2 ? line.substring(2).strip() : "";
            lines.add(
                    switch (line.substring(0, 2)) {
                        case "C>" -> new Line.Sends(line, Peer.CLIENT, frontend(rest));
                        case "P<" -> new Line.Sends(line, Peer.PRIMARY, backend(rest));
                        case "R<" -> new Line.Sends(line, Peer.FOLLOWER, backend(rest));
                        case "C<" -> new Line.Gets(line, Peer.CLIENT, rest);
                        case "P>" -> new Line.Gets(line, Peer.PRIMARY, rest);
                        case "R>" -> new Line.Gets(line, Peer.FOLLOWER, rest);
                        case "@ " -> new Line.Happens(line, rest);
                        default -> throw new IllegalArgumentException("line: " + line);
                    });
        }
        return lines;
    }

    private static byte[] frontend(String line) {
        ByteBuf out = Unpooled.buffer();
        TraceParser.frontend(line, out);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] backend(String line) {
        ByteBuf out = Unpooled.buffer();
        TraceParser.backend(line, out);
        return ByteBufUtil.getBytes(out);
    }
}
