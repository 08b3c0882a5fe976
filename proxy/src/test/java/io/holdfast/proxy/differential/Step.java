package io.holdfast.proxy.differential;

import java.util.List;

/** One thing that happens on one connection of a script. The lane is the connection's letter. */
sealed interface Step {
    char lane();

    /**
     * Messages that leave in one piece.
     *
     * @param lines each makes one message, see {@link Outgoing}
     */
    record Send(char lane, List<String> lines) implements Step {}

    /** Everything is read up to the message whose line begins so, for the given number of times. */
    record Await(char lane, int times, String message) implements Step {}

    /** One byte without a frame around it, as the answer to an SSLRequest. */
    record AwaitByte(char lane) implements Step {}

    /** Everything is read up to the connection's end. */
    record AwaitEnd(char lane) implements Step {}

    /** The server keeps its answers back: nothing comes for a moment. */
    record Silence(char lane) implements Step {}

    /** A connection without a login. */
    record Connect(char lane) implements Step {}

    /** SCRAM up to AuthenticationOk, behind a StartupMessage of the script's own. */
    record Authenticate(char lane) implements Step {}

    /** A login that is part of what is compared; the settings are startup parameters, each {@code name=value}. */
    record Login(char lane, List<String> settings) implements Step {}

    /** A CancelRequest with the key of this connection. */
    record Cancel(char lane) implements Step {}

    /** The connection is closed without a word. */
    record Vanish(char lane) implements Step {}
}
