package io.holdfast.proxy.session;

import io.holdfast.protocol.message.BindMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One message of a unit, as far as session and policy need it; the bytes stay in the {@link Unit}. */
sealed interface UnitMessage {
    /** A simple query. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Query(byte[] sql) implements UnitMessage {}

    /** Prepares a statement. */
    record Parse(PreparedStatement statement) implements UnitMessage {}

    /**
     * Binds values, which plans and may run code.
     *
     * @param statement null: only SQL's PREPARE made it
     * @param name of the statement, byte-exact
     * @param portal name, byte-exact
     * @param at offset of the frame in the unit's bytes; -1 if the frame is streamed behind them
     * @param length of the frame in bytes
     * @param first of what the unit executes that this one does, counted from 0
     */
    record Bind(@Nullable PreparedStatement statement, String name, String portal, int at, int length, int first)
            implements UnitMessage {
        private static final int HEADER = 5;

        /** The message, with its values, which a streamed one has no more. */
        BindMessage in(ByteBuf unit) {
            return BindMessage.read(unit.slice(at + HEADER, length - HEADER));
        }
    }

    /**
     * Describes a statement or a portal.
     *
     * @param statement null: a portal, or a statement that only SQL's PREPARE made
     * @param bound what the portal was bound from, if that was in the same unit; else null
     */
    record Describe(
            @Nullable PreparedStatement statement, @Nullable PreparedStatement bound) implements UnitMessage {
        /** What the client is told the rows of; null: not known here. */
        @Nullable
        PreparedStatement subject() {
            return statement == null ? bound : statement;
        }
    }

    /** Runs a portal; what it runs was judged when it was bound or declared. */
    record Execute() implements UnitMessage {
        static final Execute INSTANCE = new Execute();
    }

    /**
     * Forgets a statement or a portal.
     *
     * @param statement name of the statement, byte-exact; null: a portal
     */
    record Close(@Nullable String statement) implements UnitMessage {}

    /** Calls a function by its OID (unsigned). */
    record FunctionCall(int oid) implements UnitMessage {}

    /** Ends the unit and its implicit transaction. */
    record Sync() implements UnitMessage {
        static final Sync INSTANCE = new Sync();
    }

    /** Asks for the replies so far. */
    record Flush() implements UnitMessage {
        static final Flush INSTANCE = new Flush();
    }
}
