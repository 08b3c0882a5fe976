package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * Reads the attributes of one SCRAM message, in the order in which the RFC fixes them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-7">RFC 5802, section 7</a>
 */
final class ScramText {
    private final String text;
    private int at;

    private ScramText(String text) {
        this.text = text;
    }

    static ScramText of(byte[] message) {
        if (message.length > ScramMechanism.MAX_MESSAGE) {
            throw malformed("message is too long");
        }
        try {
            return new ScramText(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString());
        } catch (CharacterCodingException e) {
            throw malformed("message is not UTF-8");
        }
    }

    static ProtocolViolation malformed(String why) {
        return new ProtocolViolation("malformed SCRAM message: " + why);
    }

    int position() {
        return at;
    }

    String from(int start) {
        return text.substring(start);
    }

    int length() {
        return text.length();
    }

    String upTo(int end) {
        return text.substring(0, end);
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** The next character, consumed. */
    char next() {
        if (atEnd()) {
            throw malformed("unexpected end");
        }
        return text.charAt(at++);
    }

    void expect(char expected) {
        if (next() != expected) {
            throw malformed("expected '" + expected + "'");
        }
    }

    /** The next character, not consumed; a comma at the end. */
    char peek() {
        return atEnd() ? ',' : text.charAt(at);
    }

    /** The value of the attribute that must come next, with the comma behind it consumed. */
    String attribute(char name) {
        expect(name);
        expect('=');
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(at, end);
        at = comma < 0 ? end : end + 1;
        return value;
    }

    /** A nonce: printable ASCII, not empty. */
    String nonce() {
        String nonce = attribute('r');
        if (nonce.isEmpty() || !nonce.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw malformed("non-printable characters in nonce");
        }
        return nonce;
    }

    byte[] base64(char name) {
        try {
            return Base64.getDecoder().decode(attribute(name));
        } catch (IllegalArgumentException e) {
            throw malformed("attribute '" + name + "' is not base64");
        }
    }
}
