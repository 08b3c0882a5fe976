package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about channel binding, before the SCRAM message proper.
 *
 * @param flag {@code n}: cannot bind; {@code y}: could, but thinks the server cannot; {@code p}: binds
 * @param text with both commas; it comes back, in base64, in the client's final message
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-6">RFC 5802, section 6</a>
 */
record Gs2Header(char flag, String text) {
    static Gs2Header none() {
        return new Gs2Header('n', "n,,");
    }

    static Gs2Header notOffered() {
        return new Gs2Header('y', "y,,");
    }

    static Gs2Header bound() {
        return new Gs2Header('p', "p=" + ScramMechanism.BINDING + ",,");
    }

    /** Reads a client's header and checks it against what the server offered and the client chose. */
    static Gs2Header read(ScramText in, boolean plus, boolean plusOffered) {
        char flag = in.peek();
        Gs2Header header = switch (flag) {
            case 'n' -> none();
            case 'y' -> notOffered();
            case 'p' -> bound();
            default -> throw ScramText.malformed("unexpected channel-binding flag");
        };
        if (plus != (flag == 'p')) {
            throw ScramText.malformed("mechanism and channel-binding flag do not agree");
        }
        if (flag == 'y' && plusOffered) {
            // The client was shown a list without PLUS: somebody in the middle took it out.
            throw new ProtocolViolation("SCRAM channel binding negotiation error");
        }
        readFlag(in, flag);
        if (in.peek() == 'a') {
            throw new ProtocolViolation("client uses authorization identity, but it is not supported");
        }
        in.expect(',');
        return header;
    }

    private static void readFlag(ScramText in, char flag) {
        if (flag != 'p') {
            in.expect(flag);
            in.expect(',');
        } else if (!in.attribute('p').equals(ScramMechanism.BINDING)) {
            throw new ProtocolViolation("unsupported SCRAM channel-binding type");
        }
    }

    /** The bytes that the client's final message must repeat: this header, and the binding if there is one. */
    byte[] bindingInput(byte @Nullable [] channelBinding) {
        byte[] head = text.getBytes(UTF_8);
        if (flag != 'p' || channelBinding == null) {
            return head;
        }
        byte[] input = new byte[head.length + channelBinding.length];
        System.arraycopy(head, 0, input, 0, head.length);
        System.arraycopy(channelBinding, 0, input, head.length, channelBinding.length);
        return input;
    }
}
