package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.ErrorFields;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session's upstream connections, each opened when first needed, at most one of each role. */
final class Legs {
    /** How an attempt to open a leg ended. */
    interface Handler {
        void legOpened(Leg leg);

        void legRefused(ErrorFields error);

        void legUnreachable(HostPort server, String why);
    }

    private final LegOpener opener;
    private final Identity identity;
    private final Handler handler;
    private final Map<LegRole, Leg> open = new EnumMap<>(LegRole.class);
    private boolean closed;

    Legs(LegOpener opener, Identity identity, Handler handler) {
        this.opener = opener;
        this.identity = identity;
        this.handler = handler;
    }

    @Nullable
    Leg get(LegRole role) {
        return open.get(role);
    }

    /** Some leg that is open; null: none is. */
    @Nullable
    Leg any() {
        return open.values().stream().findFirst().orElse(null);
    }

    Iterable<Leg> all() {
        return open.values();
    }

    void add(Leg leg) {
        open.put(leg.role(), leg);
    }

    /** Forgets a leg whose connection has ended; false if it was forgotten before. */
    boolean remove(Leg leg) {
        return open.remove(leg.role(), leg);
    }

    /** Opens a leg; the one of the same role that is open elsewhere is closed first. */
    void open(LegRole role, HostPort server) {
        Leg other = open.remove(role);
        if (other != null) {
            other.link().close();
        }
        opener.open(server, role, identity, new LegOpener.Opened() {
            @Override
            public void opened(Leg leg) {
                if (closed) {
                    leg.link().close();
                } else {
                    add(leg);
                    handler.legOpened(leg);
                }
            }

            @Override
            public void refused(ErrorFields error) {
                if (!closed) {
                    handler.legRefused(error);
                }
            }

            @Override
            public void unreachable(String why) {
                if (!closed) {
                    handler.legUnreachable(server, why);
                }
            }
        });
    }

    void close() {
        closed = true;
        open.values().forEach(leg -> leg.link().close());
        open.clear();
    }
}
