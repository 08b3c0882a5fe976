package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The columns of the rows that follow. */
public record RowDescription(List<Column> columns) {
    /** What a column takes at least: an empty name and its attributes. */
    private static final int LEAST = 19;

    /** Copies the columns. */
    public RowDescription {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param table OID, or 0 where the column is not one of a table
     * @param attribute number in the table, or 0
     * @param type OID
     * @param size of the type in bytes; negative where it varies
     * @param modifier of the type; its meaning is the type's
     * @param format 0 is text, 1 is binary
     */
    public record Column(String name, int table, short attribute, int type, short size, int modifier, short format) {
        private static final int TEXT = 25;

        /** A column of type text, of no table. */
        public static Column text(String name) {
            return new Column(name, 0, (short) 0, TEXT, (short) -1, -1, (short) 0);
        }
    }

    /** As many columns of type text, of no table. */
    public static RowDescription text(List<String> names) {
        return new RowDescription(names.stream().map(Column::text).toList());
    }

    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static RowDescription read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        int count = Fields.count(in, LEAST);
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(new Column(in.text(), in.int32(), in.int16(), in.int32(), in.int16(), in.int32(), in.int16()));
        }
        in.end();
        return new RowDescription(columns);
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
