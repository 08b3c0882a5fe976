package io.holdfast.proxy.value;

import java.util.StringJoiner;

/** Points, and what is made of them. */
final class Shapes {
    private Shapes() {}

    static String point(Bytes in) {
        return "(" + number(in) + ',' + number(in) + ')';
    }

    static String lseg(Bytes in) {
        return "[" + point(in) + ',' + point(in) + ']';
    }

    static String box(Bytes in) {
        return point(in) + ',' + point(in);
    }

    static String line(Bytes in) {
        return "{" + number(in) + ',' + number(in) + ',' + number(in) + '}';
    }

    static String circle(Bytes in) {
        return "<" + point(in) + ',' + number(in) + '>';
    }

    static String path(Bytes in) {
        boolean closed = in.int8() != 0;
        return closed ? points(in, "(", ")") : points(in, "[", "]");
    }

    static String polygon(Bytes in) {
        return points(in, "(", ")");
    }

    private static String points(Bytes in, String open, String close) {
        int count = in.int32();
        if (count < 0 || in.remaining() != (long) count * 2 * Double.BYTES) {
            throw new Undecodable("its points are not all there");
        }
        StringJoiner points = new StringJoiner(",", open, close);
        for (int i = 0; i < count; i++) {
            points.add(point(in));
        }
        return points.toString();
    }

    private static String number(Bytes in) {
        return Floats.text(in.float8());
    }
}
