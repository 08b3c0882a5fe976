package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A bound value in binary format, for people: numbers as numbers, text as text, lists of these as such, everything else as its bytes.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES">Formats and Format Codes</a>
 */
final class BinaryValue {
    /** The client left the type to the server. */
    static final int UNKNOWN = 0;

    // OIDs of pg_type.dat, which never change.
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int NUMERIC = 1700;
    private static final int UUID_TYPE = 2950;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;

    private BinaryValue() {}

    /** What the value says; a value that does not have its type's length is shown as bytes. */
    static String text(int type, ByteBuf value) {
        if (type == TEXT || type == VARCHAR) {
            return value.toString(StandardCharsets.UTF_8);
        }
        String numeric = type == NUMERIC ? BinaryNumeric.text(value) : null;
        if (numeric != null) {
            return numeric;
        }
        int element = element(type);
        String array = element == UNKNOWN ? null : BinaryArray.text(element, value);
        if (array != null) {
            return array;
        }
        boolean whole = value.readableBytes() == length(type);
        return whole ? number(type, value) : "\\x" + HexFormat.of().formatHex(ByteBufUtil.getBytes(value));
    }

    /** Of an array; UNKNOWN: it is none that is read. */
    private static int element(int type) {
        return switch (type) {
            case 1000 -> BOOL;
            case 1005 -> INT2;
            case 1007 -> INT4;
            case 1009 -> TEXT;
            case 1015 -> VARCHAR;
            case 1016 -> INT8;
            case 1021 -> FLOAT4;
            case 1022 -> FLOAT8;
            case 2951 -> UUID_TYPE;
            default -> UNKNOWN;
        };
    }

    /** In bytes; -1: shown as they are. */
    private static int length(int type) {
        return switch (type) {
            case BOOL -> Byte.BYTES;
            case INT2 -> Short.BYTES;
            case INT4, FLOAT4 -> Integer.BYTES;
            case INT8, FLOAT8 -> Long.BYTES;
            case UUID_TYPE -> 2 * Long.BYTES;
            default -> -1;
        };
    }

    private static String number(int type, ByteBuf value) {
        int at = value.readerIndex();
        return switch (type) {
            case BOOL -> value.getByte(at) == 0 ? "false" : "true";
            case INT2 -> String.valueOf(value.getShort(at));
            case INT4 -> String.valueOf(value.getInt(at));
            case INT8 -> String.valueOf(value.getLong(at));
            case FLOAT4 -> String.valueOf(value.getFloat(at));
            case FLOAT8 -> String.valueOf(value.getDouble(at));
            case UUID_TYPE -> new UUID(value.getLong(at), value.getLong(at + Long.BYTES)).toString();
            default -> throw new IllegalArgumentException("type: " + type);
        };
    }
}
