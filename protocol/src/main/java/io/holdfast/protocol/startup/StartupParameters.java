package io.holdfast.protocol.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.startup.InitialPacket.StartupMessage;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names and values of a StartupMessage. Stricter than a server where leniency would let two readers see two sessions: a server
 * lets the last of two equal names win. Long user and database names are cut here as a server cuts them, so that whoever asks
 * later what they are sees what the server would.
 */
final class StartupParameters {
    /** NAMEDATALEN - 1: a server cuts longer names without a word, and counts bytes, not characters. */
    private static final int MAX_NAME_BYTES = 63;

    private StartupParameters() {}

    static StartupMessage read(int minor, ByteBuf body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (String name = text(body); !name.isEmpty(); name = text(body)) {
            String value = text(body);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new ProtocolViolation("invalid startup packet: a parameter is given twice");
            }
            parameters.put(name, name.equals("user") || name.equals("database") ? cut(value) : value);
        }
        if (body.isReadable()) {
            throw invalidLayout();
        }
        return new StartupMessage(ProtocolVersion.MAJOR, minor, parameters);
    }

    private static String cut(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        return bytes.length <= MAX_NAME_BYTES ? name : decode(ByteBuffer.wrap(bytes, 0, MAX_NAME_BYTES));
    }

    private static String text(ByteBuf body) {
        int length = body.bytesBefore((byte) 0);
        if (length < 0) {
            throw invalidLayout();
        }
        ByteBuffer bytes = body.nioBuffer(body.readerIndex(), length);
        body.skipBytes(length + 1);
        return decode(bytes);
    }

    /** Malformed input is reported, not replaced: no two names may decode alike. */
    private static String decode(ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("invalid startup packet: a parameter is not UTF-8");
        }
    }

    private static ProtocolViolation invalidLayout() {
        return new ProtocolViolation("invalid startup packet layout: expected terminator as last byte");
    }
}
