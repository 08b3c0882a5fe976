package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Fields with a form of their own. */
final class SpecialFields {
    private SpecialFields() {}

    /** An Int32 that the message's name already says: no words. */
    record Constant(int value) implements Field {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            int found = in.readInt();
            if (found != value) {
                throw new IndexOutOfBoundsException("constant: " + found);
            }
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            out.writeInt(value);
        }
    }

    /** Fields of an error or notice: {@code S "ERROR" C "42P01"}. */
    record Lettered() implements Field {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            while (in.getByte(in.readerIndex()) != 0) {
                Scalars.LETTER.format(in, line);
                Scalars.TEXT.format(in, line);
            }
            in.skipBytes(1);
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            while (!line.atEnd()) {
                Scalars.LETTER.parse(line, out);
                Scalars.TEXT.parse(line, out);
            }
            out.writeByte(0);
        }
    }

    /**
     * A column: {@code "name"} where it is of type text and of no table, else {@code "name"(table attribute type size
     * modifier format)}.
     */
    record Column() implements Field {
        private static final List<Field> ATTRIBUTES =
                List.of(Scalars.OID, Scalars.INT16, Scalars.OID, Scalars.INT16, Scalars.INT32, Scalars.INT16);
        private static final String PLAIN = " 0 0 25 -1 -1 0";

        @Override
        public void format(ByteBuf in, StringBuilder line) {
            Scalars.TEXT.format(in, line);
            StringBuilder attributes = new StringBuilder();
            ATTRIBUTES.forEach(attribute -> attribute.format(in, attributes));
            if (!attributes.toString().equals(PLAIN)) {
                line.append('(').append(attributes.substring(1)).append(')');
            }
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            Scalars.TEXT.parse(line, out);
            boolean given = line.take('(');
            LineReader attributes = given ? line : new LineReader(PLAIN);
            ATTRIBUTES.forEach(attribute -> attribute.parse(attributes, out));
            if (given) {
                line.expect(')');
            }
        }
    }
}
