package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.ErrorFields;

/** Opens upstream connections, logged in as the session's own user. */
public interface LegOpener {
    /** Opens a connection on the session's event loop; exactly one method of {@code then} is called on it, later. */
    void open(HostPort server, LegRole role, Identity identity, Opened then);

    /** Asks the server to cancel what the connection with this key runs; {@code done} is called when the server has closed. */
    void cancel(HostPort server, BackendKey key, Runnable done);

    /** How an attempt ended. */
    interface Opened {
        /** Logged in; the first ReadyForQuery has arrived. The leg's bytes go to {@code leg} from now on. */
        void opened(Leg leg);

        /** The server said no. */
        void refused(ErrorFields error);

        /** No server there, no answer in time, or not one that is to be trusted. */
        void unreachable(String why);
    }
}
