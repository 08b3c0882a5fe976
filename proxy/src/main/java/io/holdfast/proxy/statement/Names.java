package io.holdfast.proxy.statement;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names and string constants as the server sees them: quotes taken off, escapes decoded, folded, cut. */
final class Names {
    /** NAMEDATALEN - 1. */
    static final int MAX_BYTES = 63;

    private Names() {}

    /** The name at token {@code i}; UTF-8, or ISO 8859-1 where it is malformed. */
    static String name(TokenBuffer tokens, int i) {
        return text(nameBytes(tokens, i));
    }

    /** As {@link #name}, each char one byte: for prepared statements, whose names are compared bytewise. */
    static String bytewiseName(TokenBuffer tokens, int i) {
        return new String(nameBytes(tokens, i), StandardCharsets.ISO_8859_1);
    }

    /** The value of the string constant at token {@code i}. */
    static String string(TokenBuffer tokens, int i) {
        byte[] sql = tokens.sql();
        int start = tokens.start(i);
        int end = tokens.end(i);
        return switch (tokens.kind(i)) {
            case TokenKind.STRING -> text(StringValue.plain(sql, start + 1, end, (byte) '\''));
            case TokenKind.ESCAPE_STRING -> text(StringValue.escaped(sql, start + 2, end));
            case TokenKind.UNICODE_STRING -> text(unicode(tokens, i, (byte) '\''));
            case TokenKind.DOLLAR_STRING -> {
                int tag = start + 1;
                while (sql[tag] != '$') {
                    tag++;
                }
                int delimiter = tag + 1 - start;
                yield text(Arrays.copyOfRange(sql, start + delimiter, end - delimiter));
            }
            default -> throw new Unreadable("has no string where one is due");
        };
    }

    /** UTF-8, or one char a byte if it is not: never an error, and never two texts for the same bytes. */
    static String text(byte[] bytes) {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] nameBytes(TokenBuffer tokens, int i) {
        byte[] sql = tokens.sql();
        int start = tokens.start(i);
        int end = tokens.end(i);
        return cut(
                switch (tokens.kind(i)) {
                    case TokenKind.QUOTED_NAME -> StringValue.plain(sql, start + 1, end, (byte) '"');
                    case TokenKind.UNICODE_NAME -> unicode(tokens, i, (byte) '"');
                    default -> folded(sql, start, end);
                });
    }

    private static byte[] unicode(TokenBuffer tokens, int i, byte quote) {
        byte[] sql = tokens.sql();
        int start = tokens.start(i);
        int close = quote == '"'
                ? closingQuote(sql, start + 3)
                : StringLexer.end(sql, start + 2, tokens.end(i), TokenKind.UNICODE_STRING);
        return StringValue.unicode(StringValue.plain(sql, start + 3, close, quote), tokens.escape(i));
    }

    private static int closingQuote(byte[] sql, int from) {
        int i = from;
        while (sql[i] != '"' || (i + 1 < sql.length && sql[i + 1] == '"')) {
            i += sql[i] == '"' ? 2 : 1;
        }
        return i + 1;
    }

    private static byte[] folded(byte[] sql, int start, int end) {
        byte[] name = new byte[end - start];
        for (int i = 0; i < name.length; i++) {
            name[i] = ByteClass.fold(sql[start + i]);
        }
        return name;
    }

    /** Cuts at 63 bytes, or before the character that does not fit whole. */
    private static byte[] cut(byte[] name) {
        if (name.length <= MAX_BYTES) {
            return name;
        }
        int length = MAX_BYTES;
        while (length > 0 && (name[length] & 0xc0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(name, length);
    }

    /** Puts a code point in UTF-8; the server refuses what is none. */
    static void appendUtf8(ByteArrayOutputStream out, int codePoint) {
        if (!Character.isValidCodePoint(codePoint) || codePoint == 0) {
            throw new Unreadable("has an invalid Unicode escape");
        }
        out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
}
