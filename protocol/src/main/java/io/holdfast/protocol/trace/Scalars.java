package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;

/** Fields of one value. */
enum Scalars implements Field {
    /** A C string. */
    TEXT {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ');
            int length = in.bytesBefore((byte) 0);
            Quoting.append(in.readSlice(length), line); // -1 is out of bounds
            in.skipBytes(1);
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            line.quoted(out);
            out.writeByte(0);
        }
    },

    /** All bytes that are left. */
    BYTES {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ');
            Quoting.append(in.readSlice(in.readableBytes()), line);
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            line.quoted(out);
        }
    },

    /** An Int32 length and that many bytes; -1 is {@code null}. */
    VALUE {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ');
            int length = in.readInt();
            if (length == -1) {
                line.append(NULL);
            } else {
                Quoting.append(in.readSlice(length), line);
            }
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            if (line.takeWord(NULL)) {
                out.writeInt(-1);
                return;
            }
            int start = out.writerIndex();
            out.writeInt(0);
            line.quoted(out);
            out.setInt(start, out.writerIndex() - start - Integer.BYTES);
        }
    },

    /** A byte that is a letter or digit of ASCII. */
    LETTER {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            byte letter = in.readByte();
            if (letter < 0 || !Character.isLetterOrDigit(letter)) {
                throw new IndexOutOfBoundsException("letter: " + letter);
            }
            line.append(' ').append((char) letter);
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            String word = line.word();
            if (word.length() != 1 || word.charAt(0) > 0x7f) {
                throw line.failure("expected one letter");
            }
            out.writeByte(word.charAt(0));
        }
    },

    INT8 {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ').append(in.readByte());
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            out.writeByte(line.number(Byte.MIN_VALUE, Byte.MAX_VALUE));
        }
    },

    INT16 {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ').append(in.readShort());
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            out.writeShort(line.number(Short.MIN_VALUE, Short.MAX_VALUE));
        }
    },

    INT32 {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ').append(in.readInt());
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            out.writeInt(line.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
    },

    /** An unsigned Int32. */
    OID {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ').append(in.readUnsignedInt());
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            out.writeInt(line.number(0, 0xffff_ffffL));
        }
    },

    /** A protocol version such as {@code 3.2}. */
    VERSION {
        @Override
        public void format(ByteBuf in, StringBuilder line) {
            line.append(' ').append(in.readUnsignedShort()).append('.').append(in.readUnsignedShort());
        }

        @Override
        public void parse(LineReader line, ByteBuf out) {
            String word = line.word();
            int dot = word.indexOf('.');
            if (dot < 0) {
                throw line.failure("expected a version");
            }
            out.writeShort(Integer.parseInt(word.substring(0, dot)));
            out.writeShort(Integer.parseInt(word.substring(dot + 1)));
        }
    };

    private static final String NULL = "null";
}
