package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;

/**
 * SASLprep as PostgreSQL applies it to passwords: ASCII stays as it is, and a password that is not UTF-8 or holds
 * something prohibited is used raw.
 *
 * <p>Two rules of RFC 4013 are left out, since the JDK has no tables for them: code points unassigned in Unicode 3.2 and
 * mixed writing directions. PostgreSQL takes such passwords raw. That differs from what is done here only where
 * normalisation changes another character of the same password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4013">RFC 4013</a>
 */
final class PasswordPreparation {
    private PasswordPreparation() {}

    static byte[] prepare(byte[] password) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(password)).toString();
        } catch (CharacterCodingException e) {
            return password;
        }
        if (text.chars().allMatch(c -> c < 0x80)) {
            return password;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isMappedToNothing(c))
                .map(c -> isSpace(c) ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean usable = !normal.isEmpty() && normal.codePoints().noneMatch(PasswordPreparation::isProhibited);
        return usable ? normal.getBytes(UTF_8) : password;
    }

    /** RFC 3454, table C.1.2. */
    private static boolean isSpace(int c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR || c == 0x200B;
    }

    /** RFC 3454, table B.1. */
    private static boolean isMappedToNothing(int c) {
        return c == 0x00AD
                || c == 0x034F
                || c == 0x1806
                || c == 0x2060
                || c == 0xFEFF
                || isWithin(c, 0x180B, 0x180D)
                || isWithin(c, 0x200C, 0x200D)
                || isWithin(c, 0xFE00, 0xFE0F);
    }

    /** RFC 3454, tables C.1.2 to C.9. */
    private static boolean isProhibited(int c) {
        boolean byCategory = switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
        return byCategory
                || (c & 0xFFFE) == 0xFFFE // not a character, in every plane
                || isWithin(c, 0xFDD0, 0xFDEF)
                || isWithin(c, 0xFFF9, 0xFFFD) // inappropriate for plain text
                || isWithin(c, 0x2FF0, 0x2FFB) // for canonical representation
                || c == 0x0340
                || c == 0x0341
                || c == 0x200E
                || c == 0x200F // change of display, deprecated
                || isWithin(c, 0x202A, 0x202E)
                || isWithin(c, 0x206A, 0x206F)
                || isWithin(c, 0x2061, 0x2063)
                || c == 0x06DD
                || c == 0x070F
                || c == 0x180E
                || isWithin(c, 0x1D173, 0x1D17A)
                || isWithin(c, 0xE0000, 0xE007F); // tags
    }

    private static boolean isWithin(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
