package io.holdfast.proxy.differential;

import io.holdfast.protocol.trace.TraceParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes bytes of a script's line: a message as {@link TraceParser} reads it, or what has no tag: {@code StartupMessage 3.0
 * "body"} and {@code Bytes "..."}. In both, <code>{x*100}</code> stands for a hundred x.
 */
final class Outgoing {
    private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");
    private static final int FRAME_HEADER = 5;

    private Outgoing() {}

    static void write(String written, ByteBuf out) {
        String line = REPEATED.matcher(written).replaceAll(Outgoing::repeat);
        if (line.startsWith("Bytes ")) {
            out.writeBytes(quoted(line.substring("Bytes ".length())));
        } else if (line.startsWith("StartupMessage ")) {
            String[] words = line.split(" ", 3);
            String[] version = words[1].split("\\.", 2);
            byte[] body = quoted(words[2]);
            out.writeInt(2 * Integer.BYTES + body.length)
                    .writeShort(Integer.parseInt(version[0]))
                    .writeShort(Integer.parseInt(version[1]))
                    .writeBytes(body);
        } else {
            TraceParser.frontend(line, out);
        }
    }

    private static String repeat(MatchResult match) {
        return Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2))));
    }

    /** A quoted string as a trace has it, borrowed from the message that is nothing else. */
    private static byte[] quoted(String text) {
        ByteBuf frame = Unpooled.buffer();
        TraceParser.frontend("CopyData " + text, frame);
        return ByteBufUtil.getBytes(frame.skipBytes(FRAME_HEADER));
    }
}
