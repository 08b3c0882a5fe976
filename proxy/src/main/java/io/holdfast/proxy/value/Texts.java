package io.holdfast.proxy.value;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text, and what is sent as text. */
final class Texts {
    private static final int VERSION = 1;

    /** An encoding of its own, which need not be the client's. */
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]*\\sencoding\\s*=\\s*[\"'](?!utf-?8[\"'])", Pattern.CASE_INSENSITIVE);

    private Texts() {}

    static String text(Bytes in) {
        return in.text();
    }

    /** One byte; one that is no ASCII is printed in octal. */
    static String oneByte(Bytes in) {
        int c = in.uint8();
        return c == 0 ? "" : c < 0x80 ? String.valueOf((char) c) : '\\' + Integer.toOctalString(c);
    }

    /** Text behind a version, such as jsonb. */
    static String versioned(Bytes in) {
        int version = in.uint8();
        if (version != VERSION) {
            throw new Undecodable("its version is " + version + ", which nobody knows");
        }
        return in.text();
    }

    /** The document itself says its encoding; UTF-8 if it does not. */
    static String xml(Bytes in) {
        String text = in.utf8();
        if (DECLARED.matcher(text).find()
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new Undecodable("it declares another encoding than UTF-8");
        }
        return text;
    }
}
