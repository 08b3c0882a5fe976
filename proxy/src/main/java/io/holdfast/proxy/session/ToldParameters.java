package io.holdfast.proxy.session;

import io.holdfast.protocol.message.BackendWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ParameterStatus values that the client was sent last, and what it must be sent when another server answers it: a client that
 * reads dates must know how this server writes them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-ASYNC">Asynchronous Operations</a>
 */
final class ToldParameters {
    /** What a server is, rather than what it does for the session; one session is never told of two servers. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("in_hot_standby", "integer_datetimes", "server_encoding", "server_version");

    /** On a follower it is on for a reason that is not the client's. */
    private static final String READ_ONLY = "default_transaction_read_only";

    private final Map<String, String> told;
    private @Nullable Leg toldFor;

    ToldParameters(Map<String, String> told) {
        this.told = new HashMap<>(told);
    }

    /** Live. */
    Map<String, String> values() {
        return Collections.unmodifiableMap(told);
    }

    /** The leg that answers has changed one; whether the client is to be told. */
    boolean changes(Leg leg, String name, String value) {
        return concerns(leg, name) && !value.equals(told.put(name, value));
    }

    /** What is to be said of a leg that answers its first request, or its first after another leg; null: nothing. */
    @Nullable
    ByteBuf news(Leg leg, ByteBufAllocator allocator) {
        if (toldFor == leg) {
            return null;
        }
        toldFor = leg;
        ByteBuf out = null;
        for (Map.Entry<String, String> parameter : leg.parameters().entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            if (!OF_THE_SERVER.contains(name) && changes(leg, name, value)) {
                out = out == null ? allocator.buffer() : out;
                BackendWriter.parameterStatus(out, name, value);
            }
        }
        return out;
    }

    private static boolean concerns(Leg leg, String name) {
        return leg.role() == LegRole.PRIMARY || !(name.equals("in_hot_standby") || name.equals(READ_ONLY));
    }
}
