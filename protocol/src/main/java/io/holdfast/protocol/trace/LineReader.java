package io.holdfast.protocol.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/** Reads a line word by word; blanks between words do not count. */
final class LineReader {
    private final String line;
    private int at;

    LineReader(String line) {
        this.line = line;
        skipBlanks();
    }

    boolean atEnd() {
        return at == line.length();
    }

    /** Consumes this character if it is next. */
    boolean take(char c) {
        if (atEnd() || line.charAt(at) != c) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    void expect(char c) {
        if (!take(c)) {
            throw failure("expected " + c);
        }
    }

    /** Consumes this word if it is next. */
    boolean takeWord(String word) {
        if (!line.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        skipBlanks();
        return true;
    }

    /** Letters, digits, minus and dot. */
    String word() {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(line.charAt(at)) || "-.".indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        if (start == at) {
            throw failure("expected a word");
        }
        String word = line.substring(start, at);
        skipBlanks();
        return word;
    }

    /** A number within bounds, as its lowest 32 bits. */
    int number(long least, long most) {
        int start = at;
        try {
            long number = Long.parseLong(word());
            if (number < least || number > most) {
                throw failure("number is out of range");
            }
            return (int) number;
        } catch (NumberFormatException e) {
            at = start;
            throw failure("expected a number");
        }
    }

    /** A quoted string, appended as the bytes it stands for. */
    void quoted(ByteBuf out) {
        if (atEnd() || line.charAt(at) != '"') {
            throw failure("expected \"");
        }
        at++;
        while (current() != '"') {
            if (current() == '\\') {
                at++;
                escape(out);
            } else {
                int codePoint = line.codePointAt(at);
                at += Character.charCount(codePoint);
                out.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
            }
        }
        at++;
        skipBlanks();
    }

    private void escape(ByteBuf out) {
        char c = current();
        at++;
        switch (c) {
            case '\\', '"' -> out.writeByte(c);
            case 'n' -> out.writeByte('\n');
            case 'r' -> out.writeByte('\r');
            case 't' -> out.writeByte('\t');
            case 'x' -> out.writeByte(hexDigit() << 4 | hexDigit());
            default -> throw failure("unknown escape");
        }
    }

    private int hexDigit() {
        int digit = Character.digit(current(), 16);
        if (digit < 0) {
            throw failure("expected two hexadecimal digits");
        }
        at++;
        return digit;
    }

    private char current() {
        if (atEnd()) {
            throw failure("unexpected end");
        }
        return line.charAt(at);
    }

    private void skipBlanks() {
        while (!atEnd() && line.charAt(at) == ' ') {
            at++;
        }
    }

    IllegalArgumentException failure(String what) {
        return new IllegalArgumentException(what + " at column " + (at + 1) + ": " + line);
    }
}
