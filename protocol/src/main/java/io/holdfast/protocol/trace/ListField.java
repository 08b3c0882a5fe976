package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;

/** Elements in brackets. At the end of a line an empty list may be left out. */
record ListField(Count count, Field element) implements Field {
    /** How the bytes say where the list ends. */
    enum Count {
        INT16,
        INT32,
        /** By a zero byte where the next element would begin. */
        TERMINATED
    }

    @Override
    public void format(ByteBuf in, StringBuilder line) {
        line.append(" [");
        int start = line.length();
        if (count == Count.TERMINATED) {
            while (in.getByte(in.readerIndex()) != 0) {
                element.format(in, line);
            }
            in.skipBytes(1);
        } else {
            long elements = count == Count.INT16 ? in.readUnsignedShort() : in.readUnsignedInt();
            for (long i = 0; i < elements; i++) {
                element.format(in, line);
            }
        }
        if (line.length() > start) {
            line.deleteCharAt(start); // the blank before the first element
        }
        line.append(']');
    }

    @Override
    public void parse(LineReader line, ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(
                switch (count) {
                    case INT16 -> Short.BYTES;
                    case INT32 -> Integer.BYTES;
                    case TERMINATED -> 0;
                });
        int elements = 0;
        if (!line.atEnd()) {
            for (line.expect('['); !line.take(']'); elements++) {
                element.parse(line, out);
            }
        }
        switch (count) {
            case INT16 -> out.setShort(start, elements);
            case INT32 -> out.setInt(start, elements);
            case TERMINATED -> out.writeByte(0);
        }
    }
}
