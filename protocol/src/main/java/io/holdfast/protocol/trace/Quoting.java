package io.holdfast.protocol.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;

/**
 * Bytes in quotes, without loss: letters and digits of UTF-8 as they are, everything else that is not printable ASCII as
 * {@code \xHH}. No control, format or blank character comes through but the space, so a line shows what is there.
 */
final class Quoting {
    private static final HexFormat HEX = HexFormat.of();

    private Quoting() {}

    static void append(ByteBuf bytes, StringBuilder line) {
        line.append('"');
        if (ByteBufUtil.isText(bytes, UTF_8)) {
            bytes.toString(UTF_8).codePoints().forEach(c -> append(c, line));
        } else {
            bytes.forEachByte(b -> {
                append(b, line);
                return true;
            });
        }
        line.append('"');
    }

    private static void append(byte b, StringBuilder line) {
        if (b >= 0) {
            append((int) b, line);
        } else {
            escape(b, line);
        }
    }

    private static void append(int codePoint, StringBuilder line) {
        switch (codePoint) {
            case '"', '\\' -> line.append('\\').append((char) codePoint);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                boolean ascii = codePoint >= ' ' && codePoint < 0x7f;
                if (ascii || (codePoint > 0x7f && Character.isLetterOrDigit(codePoint))) {
                    line.appendCodePoint(codePoint);
                } else {
                    for (byte b : Character.toString(codePoint).getBytes(UTF_8)) {
                        escape(b, line);
                    }
                }
            }
        }
    }

    private static void escape(byte b, StringBuilder line) {
        line.append("\\x").append(HEX.toHexDigits(b));
    }
}
