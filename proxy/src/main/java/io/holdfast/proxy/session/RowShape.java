package io.holdfast.proxy.session;

import io.holdfast.protocol.message.RowDescription;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What the client knows of the rows that a prepared statement returns, as far as PostgreSQL holds it against a plan that was made
 * anew: names and types. Tables and formats may differ.
 */
record RowShape(List<Column> columns) {
    /** NoData: there will be no rows. */
    static final RowShape NONE = new RowShape(List.of());

    /** @param modifier of the type, such as a length */
    record Column(String name, int type, int modifier) {}

    /** Of a RowDescription's body. */
    static RowShape read(ByteBuf body) {
        return new RowShape(RowDescription.read(body).columns().stream()
                .map(column -> new Column(column.name(), column.type(), column.modifier()))
                .toList());
    }
}
