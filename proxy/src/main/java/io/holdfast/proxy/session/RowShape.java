package io.holdfast.proxy.session;

import io.holdfast.protocol.message.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/**
 * What the client knows of the rows that a prepared statement returns, as far as PostgreSQL holds it against a plan that was made
 * anew: names and types. Tables and formats may differ. Drivers ask for it with every statement, and hardly any is ever compared, so it
 * is kept as it came and read when it must be.
 */
final class RowShape {
    /** NoData: there will be no rows. */
    static final RowShape NONE = new RowShape(new byte[] {0, 0});

    private final byte[] description;

    private RowShape(byte[] description) {
        this.description = description;
    }

    private record Column(String name, int type, int modifier) {}

    /** Of a RowDescription's body, which is copied. */
    static RowShape of(ByteBuf body) {
        return new RowShape(ByteBufUtil.getBytes(body));
    }

    /**
     * Whether a client that was told the other may be sent rows of this.
     *
     * @throws io.holdfast.protocol.frame.ProtocolViolation if one of them is no RowDescription
     */
    boolean isLike(RowShape other) {
        return Arrays.equals(description, other.description) || columns().equals(other.columns());
    }

    private List<Column> columns() {
        return RowDescription.read(Unpooled.wrappedBuffer(description)).columns().stream()
                .map(column -> new Column(column.name(), column.type(), column.modifier()))
                .toList();
    }
}
