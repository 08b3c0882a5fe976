package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A bound numeric in binary format: digits to the base 10,000, and where the point stands. */
final class BinaryNumeric {
    private static final int HEADER = 4 * Short.BYTES;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int BASE_DIGITS = 4;
    private static final int NEGATIVE = 0x4000;

    /** Of digits before or behind the point; a few bytes could otherwise be a text of 131,000 characters. */
    private static final int MOST = 100;

    private BinaryNumeric() {}

    /** The number; null: it is none, infinite, or not wholly there, or longer than people read. */
    static @Nullable String text(ByteBuf value) {
        ByteBuf in = value.slice();
        if (in.readableBytes() < HEADER) {
            return null;
        }
        int digits = in.readUnsignedShort();
        int weight = in.readShort();
        int sign = in.readUnsignedShort();
        int scale = in.readUnsignedShort();
        boolean whole = in.readableBytes() == digits * Short.BYTES && (sign == 0 || sign == NEGATIVE);
        if (!whole || digits > MOST || Math.abs(weight) > MOST || scale > MOST * BASE_DIGITS) {
            return null;
        }
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            unscaled = unscaled.multiply(BASE).add(BigInteger.valueOf(in.readUnsignedShort()));
        }
        BigDecimal number = new BigDecimal(unscaled, BASE_DIGITS * (digits - 1 - weight));
        return (sign == 0 ? number : number.negate())
                .setScale(scale, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
